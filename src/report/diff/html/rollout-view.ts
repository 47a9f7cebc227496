import type { MatrixRow } from '../../../diff/matrix.ts';
import type { DiffReport } from '../../../diff/report.ts';
import { byText, groupBy } from '../../../model/plain.ts';
import { parseRevisionName } from '../../../model/revision.ts';
import { clustersText, replicaCount, weightList } from '../words.ts';
import { trafficPictures, type TrafficPicture } from './traffic-view.ts';
import { type Transition, transitionOf } from './transition-view.ts';

/** What a revision has on some clusters; undefined figures where neither side has the revision there. */
export interface RolloutCell {
  readonly isThere: boolean;
  readonly replicas: Transition;
  readonly weight: Transition;
}

/** A row of the matrix: clusters on which the same happens. */
export interface RolloutSite {
  /** At most three by name. */
  readonly clusters: string;
  /** All, where the short text leaves some out. */
  readonly allClusters: string | undefined;
  readonly cells: readonly RolloutCell[];
  readonly pictures: readonly TrafficPicture[];
}

/** The rollout of one AppDeployment: clusters by revisions. */
export interface Rollout {
  readonly owner: string;
  readonly revisions: readonly string[];
  readonly sites: readonly RolloutSite[];
  /** Whether a site has a picture of its traffic. */
  readonly hasTraffic: boolean;
}

/** The matrix of a report as one table for each AppDeployment, with a picture of each site's traffic. */
export function rolloutView({ matrix }: Pick<DiffReport, 'matrix'>): Rollout[] {
  return [...groupBy(matrix, ({ owner }) => owner)].map(([owner, rows], index) => {
    const revisions = [...new Set(rows.map(({ revision }) => revision))].toSorted(byAge);
    const groups = [...groupBy(rows, ({ clusters }) => clusters.join(' ')).values()];
    const columns = { revisions, routed: revisions.filter((revision) => rows.some(isRouted(revision))) };
    const sites = groups.map((own, position) => siteOf(own, columns, `rollout-${index}-${position}`));
    return { owner, revisions, sites, hasTraffic: sites.some(({ pictures }) => pictures.length > 0) };
  });
}

/** Says of a row whether a rule gives the revision weight there, on one side or the other. */
function isRouted(revision: string): (row: MatrixRow) => boolean {
  return (row) =>
    row.revision === revision &&
    [row.before, row.after].some((figures) => figures?.weights.some((weight) => weight > 0) === true);
}

/** The revisions of an AppDeployment, and those among them that the pictures show. */
interface Columns {
  readonly revisions: readonly string[];
  readonly routed: readonly string[];
}

function siteOf(rows: readonly MatrixRow[], { revisions, routed }: Columns, id: string): RolloutSite {
  const all = rows[0]?.clusters ?? [];
  const clusters = clustersText(all, 3);
  const rowOf = (revision: string): MatrixRow | undefined => rows.find((row) => row.revision === revision);
  return {
    clusters,
    allClusters: clusters === all.join(', ') ? undefined : all.join(', '),
    cells: revisions.map(rowOf).map(cellOf),
    pictures: trafficPictures(routed, routed.map(rowOf), { id, clusters }),
  };
}

function cellOf(row: MatrixRow | undefined): RolloutCell {
  const { before, after } = row ?? { before: undefined, after: undefined };
  return {
    isThere: row !== undefined,
    replicas: transitionOf(replicaCount(before), replicaCount(after)),
    weight: transitionOf(weightList(before), weightList(after)),
  };
}

/** v2 before v10. */
function byAge(a: string, b: string): number {
  const [older, newer] = [parseRevisionName(a), parseRevisionName(b)];
  const isComparable = older !== undefined && newer !== undefined && older.application === newer.application;
  return isComparable ? older.number - newer.number : byText(a, b);
}
