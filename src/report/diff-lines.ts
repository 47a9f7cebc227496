import type { Style } from './style.ts';

/** A unified diff in Git's colours. */
export function diffLines(diff: string, { paint }: Style): string {
  return diff.replace(/^.+$/gm, (line) => {
    if (/^(---|\+\+\+) /.test(line)) return paint('bold', line);
    if (line.startsWith('@@')) return paint('cyan', line);
    if (line.startsWith('-')) return paint('red', line);
    return line.startsWith('+') ? paint('green', line) : line;
  });
}
