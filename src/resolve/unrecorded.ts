import { type Problem, problem } from '../model/problem.ts';
import type { Placements } from '../model/placement.ts';
import type { Revision } from '../model/revision.ts';
import type { Mainline } from './record.ts';

/**
 * What is wrong with deploying revisions that have no snapshot, for a reader that writes none
 * (Argo CD's plugin): without the whole history it is an error that says which cause applies;
 * with it, a warning that the numbers are not pinned.
 */
export function unrecordedProblems(
  { placed, direct }: Placements,
  made: readonly Revision[],
  mainline: Mainline,
): Problem[] {
  const used = new Set([...placed, ...direct].map(({ revision }) => revision.name + revision.application.namespace));
  return made
    .filter(({ name, application }) => used.has(name + application.namespace))
    .map(({ name, locate }) => {
      const gap = historyGap(mainline);
      if (gap !== undefined) return problem('UNRECORDED_REVISION', locate([]), `${name} has no snapshot, and ${gap}`);
      const message = `${name} has no snapshot; its number comes from the history, and changes with it`;
      return problem('UNPINNED_REVISION', locate([]), message);
    });
}

/** Why revisions without a snapshot cannot be derived here; undefined where they can. */
export function historyGap(mainline: Mainline): string | undefined {
  if (mainline.kind === 'none') return 'there is no .git here to derive it from';
  if (mainline.kind === 'unknown') return mainline.reason;
  return mainline.isShallow ? 'the clone is shallow' : undefined;
}
