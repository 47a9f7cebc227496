import { type Catalog, qualifiedName } from '../model/catalog.ts';
import type { ClusterSelector } from '../model/kinds.gen.ts';
import { hostCluster, type Placement } from '../model/placement.ts';
import { byText } from '../model/plain.ts';
import { rejection } from './cluster-selector.ts';
import { hostTarget } from './host.ts';
import { targetOf } from './place.ts';
import { rendezvousOrder } from './rendezvous.ts';

/** A cluster that a placement could mean, and why it got it or not. */
export interface Candidate {
  readonly cluster: string;
  readonly verdict: 'chosen' | 'not picked' | 'rejected';
  /** Its rank among those that match; undefined where none is picked by rank. */
  readonly rank: number | undefined;
  readonly why: string;
}

/** How a placement's cluster was chosen. */
export interface ClusterChoice {
  readonly selector: ClusterSelector | undefined;
  readonly candidates: readonly Candidate[];
}

/**
 * Holds a placement's selector against every cluster once more. `all` are the placements of the plan,
 * to say which clusters the revision uses already.
 */
export function whyThere(
  { appDeployment, revision, cluster, reason, field }: Placement,
  { clusters }: Pick<Catalog, 'clusters'>,
  all: readonly Placement[],
): ClusterChoice {
  const [, , revisionIndex, , position] = field;
  const entry = appDeployment.object.spec.appRevisions[Number(revisionIndex)]?.placement[Number(position)];
  const selector = entry?.clusterSelector;
  if (selector === undefined)
    return {
      selector,
      candidates: [
        { cluster: cluster.name, verdict: 'chosen', rank: undefined, why: 'no selector means the host cluster' },
      ],
    };
  const own = clusters.filter(({ namespace }) => namespace === appDeployment.namespace).map(targetOf);
  const named =
    selector.name === hostCluster ? [hostTarget(clusters), ...own.filter(({ name }) => name !== hostCluster)] : own;
  const targets = named.toSorted((a, b) => byText(a.name, b.name));
  const matches = targets.filter((target) => rejection(selector, target) === undefined).map(({ name }) => name);
  const ranked = rendezvousOrder(qualifiedName(appDeployment), matches);
  const byRank = 'rank' in reason;
  const used = new Set(
    all
      .filter((each) => each.revision === revision && each.appDeployment === appDeployment)
      .map((each) => each.cluster.name),
  );
  const candidates = targets.map((target): Candidate => {
    const { name } = target;
    const why = rejection(selector, target);
    if (why !== undefined) return { cluster: name, verdict: 'rejected', rank: undefined, why };
    const rank = byRank ? ranked.indexOf(name) + 1 : undefined;
    if (name === cluster.name) return { cluster: name, verdict: 'chosen', rank, why: chosenText(reason) };
    if (!byRank) return { cluster: name, verdict: 'chosen', rank, why: chosenText(reason) };
    const left = used.has(name) ? `another placement of ${revision.name} uses it` : leftText(reason, rank ?? 0);
    return { cluster: name, verdict: 'not picked', rank, why: left };
  });
  return { selector, candidates: candidates.toSorted((a, b) => orderOf(a) - orderOf(b)) };
}

function orderOf({ verdict, rank }: Candidate): number {
  return verdict === 'rejected' ? Number.MAX_SAFE_INTEGER : (rank ?? 0);
}

function chosenText(reason: Placement['reason']): string {
  return {
    name: 'the selector names it',
    host: 'no selector means the host cluster',
    all: 'the policy is All, and it matches',
    rank: 'picked by its rank',
    record: 'recorded under placements/, where it stays while it matches',
    kept: 'recorded under placements/ for a selector that is gone, where it stays while it matches',
  }[reason.kind];
}

/** Why a match that the revision does not use was passed over. */
function leftText(reason: Placement['reason'], rank: number): string {
  if (reason.kind === 'record' || reason.kind === 'kept') return 'it matches, but the recorded pick stays';
  const isBetter = (reason.kind === 'rank' ? reason.rank : 0) > rank;
  return isBetter ? 'it matches, but the pick had to suit other placements, too' : 'it matches, but ranks lower';
}
