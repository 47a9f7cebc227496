import type { FileChange } from '../model/output.ts';
import type { Style } from './style.ts';

const signs = { create: ['+', 'green'], update: ['~', 'yellow'], delete: ['-', 'red'] } as const;

/** Changes a line each, at most `limit` of them, and then their number. */
export function changesText(changes: readonly FileChange[], { paint }: Style, limit: number): string {
  const lines = changes
    .slice(0, limit)
    .map(({ path, action }) => `${paint(signs[action][1], `${signs[action][0]} ${path}`)}\n`);
  const rest = changes.length > limit ? [`\u2026 and ${changes.length - limit} more (-v shows all)\n`] : [];
  return [...lines, ...rest].join('');
}

/** `2 created, 1 updated, 0 deleted`, or that nothing changed. */
export function changeCounts(changes: readonly FileChange[]): string {
  if (changes.length === 0) return 'nothing changed';
  const count = (action: FileChange['action']): number => changes.filter((change) => change.action === action).length;
  return `${count('create')} created, ${count('update')} updated, ${count('delete')} deleted`;
}
