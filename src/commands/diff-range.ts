import type { SideLabel } from '../diff/report.ts';
import { UsageError } from './command.ts';
import { namedSide, type Place } from './diff-sides.ts';

/** The commits that the command line names; undefined where it names none. */
export interface Range {
  readonly base: SideLabel | undefined;
  readonly head: SideLabel | undefined;
}

/**
 * `BASE HEAD`, or as Git writes it: `BASE..HEAD`, and `BASE...HEAD` from the merge base of the two; an empty
 * side of these is HEAD.
 *
 * @throws UsageError when there is no such commit
 */
export async function namedRange(place: Place, [first, second]: readonly string[]): Promise<Range> {
  const [, from, dots, to] = /^(.*?)(\.\.\.?)(.*)$/.exec(first ?? '') ?? [];
  if (dots === undefined)
    return {
      base: first === undefined ? undefined : await namedSide(place, first),
      head: second === undefined ? undefined : await namedSide(place, second),
    };
  if (second !== undefined) throw new UsageError(`${first} names both sides already; ${second} is one too many`);
  const [base, head] = [await namedSide(place, from || 'HEAD'), await namedSide(place, to || 'HEAD')];
  return dots === '..' ? { base, head } : { base: await mergeBaseOf(place, base, head), head };
}

async function mergeBaseOf({ workTree }: Place, one: SideLabel, other: SideLabel): Promise<SideLabel> {
  const found = await workTree.git.ask('merge-base', one.commit ?? '', other.commit ?? '');
  if (found === undefined) throw new UsageError(`${one.name} and ${other.name} have no commit in common here`);
  return { name: `merge base of ${one.name} and ${other.name}`, commit: found.trim() };
}
