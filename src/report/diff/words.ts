import { type BlastRadius, type Extent, shareOf } from '../../diff/blast-radius.ts';
import type { FoldedChange } from '../../diff/fold.ts';
import { percentOf } from '../../diff/percent.ts';
import type { CellFigures, MatrixRow } from '../../diff/matrix.ts';
import type { DiffReport, SideLabel } from '../../diff/report.ts';
import { byText, groupBy } from '../../model/plain.ts';

/** Stands where a side has nothing. */
const none = '\u2013';

/** `main (1a2b3c4d5e6f)`; the working tree has no commit. */
export function labelText({ name, commit }: SideLabel): string {
  return commit === undefined ? name : `${name} (${commit.slice(0, 12)})`;
}

/** `c01, c02, c03 and 57 more`; at most `limit` by name. */
export function clustersText(clusters: readonly string[], limit: number): string {
  if (clusters.length <= limit + 1) return clusters.join(', ');
  return `${clusters.slice(0, limit).join(', ')} and ${clusters.length - limit} more`;
}

/** `2 → 3`, `2+` for an autoscaled workload that keeps at least two, `–` where there is none. */
export function replicasText({ before, after }: Pick<MatrixRow, 'before' | 'after'>): string {
  return transition(replicaCount(before), replicaCount(after));
}

/** `90 → 50`; of several rules, `90/100 → 50/100`. */
export function weightText({ before, after }: Pick<MatrixRow, 'before' | 'after'>): string {
  return transition(weightList(before), weightList(after));
}

/** What a value was and what it is; once where both are the same. */
export function transition(before: string, after: string): string {
  return before === after ? before : `${before} \u2192 ${after}`;
}

/** An image, or that there is none. */
export function imageText(image: string | undefined): string {
  return image ?? none;
}

/** A field's value on one line. */
export function valueText(value: unknown): string {
  return value === null || value === undefined
    ? none
    : oneLine(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Line breaks, and whatever else a terminal obeys: control characters, and those that turn the direction of writing. */
const obeyed = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** A text of a repo on one line of a terminal, its control characters escaped as in JSON. */
export function oneLine(text: string): string {
  return text.replace(
    obeyed,
    (letter) => escapes[letter] ?? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** `60 of 60 clusters (100%), 0 of 240 replicas (0%), 40% of the traffic`. */
export function blastRadiusText({ clusters, replicas, traffic }: BlastRadius): string {
  const extent = (what: string, { moved, total }: Extent): string =>
    `${moved} of ${total} ${what} (${percentText(shareOf({ moved, total }))})`;
  return [
    extent('clusters', clusters),
    extent('replicas', replicas),
    traffic.total === 0 ? 'no traffic is routed' : `${percentText(shareOf(traffic))} of the traffic`,
  ].join(', ');
}

/** A share as people read it; a little is not nothing, and nearly all is not all. */
export function percentText(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return '<1%';
  return percent > 99 && percent < 100 ? '>99%' : `${Math.round(percent)}%`;
}

/** `VirtualService: 60 changed; Deployment: 2 added, 1 removed`: objects on clusters, by kind. */
export function kindCounts(changes: readonly FoldedChange[]): string {
  return [...groupBy(changes, ({ kind }) => kind)]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([kind, own]) => `${kind}: ${actionCounts(own)}`)
    .join('; ');
}

/** `2 added, 60 changed`: objects on clusters. */
export function actionCounts(changes: readonly FoldedChange[]): string {
  const count = (action: FoldedChange['action']): number =>
    changes.filter((change) => change.action === action).reduce((sum, { clusters }) => sum + clusters.length, 0);
  return (['added', 'changed', 'removed'] as const)
    .flatMap((action) => (count(action) === 0 ? [] : [`${count(action)} ${action}`]))
    .join(', ');
}

/** `on c01`, or `same in 60 clusters: c01, c02, c03 and 57 more`. */
export function whereText(clusters: readonly string[], limit: number): string {
  if (clusters.length === 1) return `on ${clusters[0] ?? ''}`;
  return `same in ${clusters.length} clusters: ${clustersText(clusters, limit)}`;
}

/** The limits that do not hold, a sentence each. */
export function exceededTexts({ exceeded, blastRadius, maxBlastRadius = 0 }: DiffReport): string[] {
  return exceeded.map(
    (part) =>
      `${percentAbove(shareOf(blastRadius[part]), maxBlastRadius)} of the ${part} exceeds --max-blast-radius ${percentOf(maxBlastRadius)}%`,
  );
}

/** A share with as many digits as it takes to be more than a limit: `20.1%` above 20%. */
function percentAbove(share: number, limit: number): string {
  const rounded = [0, 1, 2, 3].map((digits) => Number((share * 100).toFixed(digits)));
  return `${rounded.find((percent) => percent > percentOf(limit)) ?? percentOf(share)}%`;
}

/** `3`, `2+` for an autoscaled workload, `–` where there is none. */
export function replicaCount(figures: CellFigures | undefined): string {
  if (figures?.replicas === undefined) return none;
  return `${figures.replicas}${figures.autoscaled === true ? '+' : ''}`;
}

/** `90`, of several rules `90/100`, `–` where nothing is routed. */
export function weightList(figures: CellFigures | undefined): string {
  return figures === undefined || figures.weights.length === 0 ? none : figures.weights.join('/');
}
