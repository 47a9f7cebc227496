import { mayBeSecret } from '../../model/sensitive.ts';

/** Keys whose values may be credentials: `value`, `password`, `apiKey`, `client_secret`, `data`, … */
const secretKey =
  /(?<![\w-])((?:value|pass\w*|[\w-]*secret\w*|[\w-]*token\w*|[\w-]*credentials?|[\w-]*key|auth\w*|(?:string)?data|[\w-]*-data|config)["']?\s*:\s*)(?![\s{[|>&*])(.+)$/i;

/** A line with a whole Secret on it, as JSON without line breaks has it. */
const holdsSecret = /kind["']?\s*:\s*["']?Secret\b["']?\s*[,}\]]/;

/** Indentation, dashes, and the key that a line begins with, if it does. */
const beginning = /^(\s*)((?:-\s+)*)(?:["']?([\w./-]+)["']?\s*:(?=\s|$)\s*)?/;

/**
 * A line of a file as it may be shown, since standard error ends in logs and in Argo CD's UI: without values
 * that may be credentials, by the line's own key or by one that the line stands below. undefined for a line
 * that shows too much.
 */
export function maskedLine(lines: readonly string[], index: number): string | undefined {
  const line = lines[index] ?? '';
  if (holdsSecret.test(line)) return undefined;
  if (!isBelowSecretKey(lines, index)) return line.replace(secretKey, '$1********');
  const [start = ''] = beginning.exec(line) ?? [];
  return `${start}${line.length > start.length ? '********' : ''}`;
}

/** By indentation: the file may be one that cannot be parsed. */
function isBelowSecretKey(lines: readonly string[], index: number): boolean {
  let depth = depthOf(lines[index] ?? '').line;
  for (let at = index - 1; at >= 0 && depth > 0; at--) {
    const line = lines[at] ?? '';
    if (line.startsWith('---')) return false;
    if (/^\s*(?:#|$)/.test(line)) continue;
    const above = depthOf(line);
    const [, , , key] = beginning.exec(line) ?? [];
    // A reference to a credential is none.
    if (above.key < depth && key !== undefined && mayBeSecret([key]) && !/(?:ref|name)$/i.test(key)) return true;
    depth = Math.min(depth, above.line);
  }
  return false;
}

/** How deep a line and its key stand; a dash makes an item of a list deeper than a key in the same column. */
function depthOf(line: string): { readonly line: number; readonly key: number } {
  const [, indentation = '', dashes = ''] = beginning.exec(line) ?? [];
  const column = 2 * indentation.length;
  return { line: column + (dashes === '' ? 0 : 1), key: column + 2 * dashes.length };
}
