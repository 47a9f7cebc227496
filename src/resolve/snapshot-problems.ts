import { type Problem, problem } from '../model/problem.ts';
import { currentRenderFormat } from '../model/revision.ts';
import type { SnapshotRecord } from './record.ts';
import { hashLabel } from './snapshot.ts';
import type { JudgedSnapshot } from './standing.ts';

/** What is wrong with the snapshots of the tree: by themselves, and against what is published. */
export function snapshotProblems(snapshots: readonly JudgedSnapshot[], record: SnapshotRecord): Problem[] {
  return [...snapshots.flatMap(problemsOf), ...unverified(snapshots, record)];
}

function problemsOf({ snapshot, revision, standing }: JudgedSnapshot): Problem[] {
  const { object, locate, name, origin } = snapshot;
  if (revision.renderFormat > currentRenderFormat) {
    const message = `${name} has render format ${revision.renderFormat}; this version knows up to ${currentRenderFormat}`;
    return [problem('SNAPSHOT_FORMAT', locate(['spec', 'renderFormat']), message)];
  }
  if (standing.kind === 'changed') {
    return [
      problem('SNAPSHOT_CHANGED', origin, `${name} is published on ${standing.on.join(', ')} with another content`),
    ];
  }
  const label = object.metadata.labels?.[hashLabel];
  // One that is pending, or lost its number, is rewritten or removed in any case.
  if (label === revision.hash || standing.kind === 'pending' || standing.kind === 'taken') return [];
  const message = `${name} says content hash ${JSON.stringify(label ?? '')}, but its content has ${revision.hash}`;
  return [problem('SNAPSHOT_CHANGED', locate(['metadata', 'labels', hashLabel]), message)];
}

/** Without a mainline, nothing can be held against it; said once, at the first snapshot. */
function unverified(snapshots: readonly JudgedSnapshot[], { mainline }: SnapshotRecord): Problem[] {
  const first = snapshots.find(({ standing }) => standing.kind === 'unverified');
  if (first === undefined || mainline.kind !== 'unknown') return [];
  return [
    problem('UNVERIFIED_SNAPSHOTS', first.snapshot.origin, `snapshots were taken as they are: ${mainline.reason}`),
  ];
}
