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
      const origin = locate([]);
      if (mainline.kind === 'known' && !mainline.isShallow) {
        const message = `${name} has no snapshot; its number comes from the history, and changes with it`;
        return problem('UNPINNED_REVISION', origin, message);
      }
      return problem('UNRECORDED_REVISION', origin, `${name} has no snapshot, and ${causeOf(mainline)}`);
    });
}

function causeOf(mainline: Mainline): string {
  if (mainline.kind === 'none') return 'there is no .git here to derive it from';
  if (mainline.kind === 'unknown') return mainline.reason;
  return 'the clone is shallow';
}
