import type { FileChange, FileTree } from '../model/output.ts';
import { byText } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';

/** What stands in the output folder: the text of a file, and whether its first line says that it is ours. */
export interface ExistingEntry {
  readonly text: string;
  /** `foreign` files, links and the like are never overwritten or pruned. */
  readonly kind: 'owned' | 'foreign';
}

/** The wanted tree against what stands there → changes, in the order of their paths. */
export function compareTrees(wanted: FileTree, existing: ReadonlyMap<string, ExistingEntry>): Staged<FileChange[]> {
  const written = [...wanted].flatMap(([path, text]): FileChange[] => {
    const before = existing.get(path);
    if (before === undefined) return [{ path, action: 'create' }];
    return sameText(before.text, text) ? [] : [{ path, action: 'update' }];
  });
  const pruned = [...existing]
    .filter(([path, { kind }]) => kind === 'owned' && !wanted.has(path))
    .map(([path]): FileChange => ({ path, action: 'delete' }));
  return {
    value: [...written, ...pruned].toSorted((a, b) => byText(a.path, b.path)),
    problems: foreignProblems(wanted, existing),
  };
}

/** A checkout may have turned our line ends into CRLF (core.autocrlf); the content is the same. */
function sameText(a: string, b: string): boolean {
  return a === b || a.replaceAll('\r\n', '\n') === b;
}

function foreignProblems(wanted: FileTree, existing: ReadonlyMap<string, ExistingEntry>): Problem[] {
  const inTheWay = new Set(
    [...wanted.keys()].flatMap(withParents).filter((path) => existing.get(path)?.kind === 'foreign'),
  );
  return [...inTheWay].map((path) =>
    problem(
      'FOREIGN_FILE',
      { path, line: 1, column: 1 },
      'this file does not begin with appdeploy\u2019s marker, so it is not overwritten',
    ),
  );
}

/** A path and every folder above it: a file may stand where a folder must be. */
function withParents(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
