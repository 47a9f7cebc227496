import { byText, groupBy } from '../../model/plain.ts';
import type { Cell } from '../cells.ts';
import type { Observation, Transition } from './finding.ts';
import { runs } from './still-routed.ts';

/** A revision that leaves clusters for others at once: each cluster syncs by itself, in no order. */
export function workloadMoved({ cellsBefore, cellsAfter }: Transition): Observation[] {
  const [old, now] = [clustersByRevision(cellsBefore), clustersByRevision(cellsAfter)];
  return [...old].flatMap(([key, before]): Observation[] => {
    const after = now.get(key) ?? [];
    const left = namesOf(before).filter((name) => !namesOf(after).includes(name));
    const gained = namesOf(after).filter((name) => !namesOf(before).includes(name));
    const [{ owner, revision } = { owner: '', revision: '' }] = before;
    if (left.length === 0 || gained.length === 0) return [];
    const message = `${revision} moves from ${left.join(', ')} to ${gained.join(', ')} in one change`;
    return [{ code: 'WORKLOAD_MOVED', message, owner, origin: after[0]?.workloads[0]?.origin }];
  });
}

function clustersByRevision(cells: readonly Cell[]): Map<string, Cell[]> {
  return groupBy(cells.filter(runs), ({ owner, revision }) => `${owner} ${revision}`);
}

function namesOf(cells: readonly Cell[]): string[] {
  return cells.map(({ cluster }) => cluster).toSorted(byText);
}
