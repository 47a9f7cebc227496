import type { SourceFile } from '../model/catalog.ts';
import { byText } from '../model/plain.ts';
import { placementFolder } from '../load/record-folders.ts';
import type { Plan, Repo } from '../plan.ts';
import { edited, type TextEdit } from './text-edit.ts';

/** What is thought of: files that come, and edits of those that are there. */
export interface SourceChanges {
  readonly added: readonly SourceFile[];
  readonly edits: readonly TextEdit[];
}

/**
 * A repo as it would be with other sources: the same history and mainline. What the plan would record of
 * its placements is taken to be recorded, so that only the change moves something.
 */
export function changedRepo(repo: Repo, { records }: Pick<Plan, 'records'>, { added, edits }: SourceChanges): Repo {
  const isPlacement = (path: string): boolean => path.startsWith(`${placementFolder}/`);
  const recorded = [...records.writes].filter(([path]) => isPlacement(path)).map(([path, text]) => ({ path, text }));
  const replaced = new Set([...recorded.map(({ path }) => path), ...records.removals.filter(isPlacement)]);
  return {
    ...repo,
    files: async (settings) => {
      const kept = edited(await repo.files(settings), edits).filter(({ path }) => !replaced.has(path));
      return [...kept, ...recorded, ...added].toSorted((a, b) => byText(a.path, b.path));
    },
  };
}
