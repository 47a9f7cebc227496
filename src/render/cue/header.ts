import type { Edit } from './edits.ts';
import type { Token } from './lexer.ts';

/** A package that a template imports. */
export interface CueImport {
  readonly path: string;
  /** The name that the template uses it by. */
  readonly name: string;
  readonly alias: string | undefined;
}

/** The imports of a template, and the edits that take them and the package clause out. */
export interface Header {
  readonly imports: readonly CueImport[];
  readonly edits: readonly Edit[];
}

/** Reads the package clause and the imports, which a program has at its top. */
export function readHeader(tokens: readonly Token[]): Header {
  const significant = tokens.filter(({ kind }) => kind !== 'newline' && kind !== 'comment');
  const edits: Edit[] = [];
  const imports: CueImport[] = [];
  let at = 0;
  if (significant[0]?.text === 'package') at = leaveOut(edits, significant, 0, 2);
  while (significant[at]?.text === 'import' && significant[at + 1]?.text !== ':') {
    const end = importEnd(significant, at);
    imports.push(...specs(significant.slice(at + 1, end)));
    at = leaveOut(edits, significant, at, end);
  }
  return { imports, edits };
}

/** Takes the tokens from one index to another out; gives the second. */
function leaveOut(edits: Edit[], tokens: readonly Token[], from: number, to: number): number {
  const [first, last] = [tokens[from], tokens[to - 1]];
  if (first !== undefined && last !== undefined)
    edits.push({ from: first.offset, to: last.offset + last.text.length, text: '' });
  return to;
}

/** Behind `import "a"`, `import x "a"` or `import ( … )`. */
function importEnd(tokens: readonly Token[], start: number): number {
  if (tokens[start + 1]?.text !== '(') return tokens[start + 1]?.kind === 'string' ? start + 2 : start + 3;
  const end = tokens.findIndex(({ text }, index) => index > start && text === ')');
  return end < 0 ? tokens.length : end + 1;
}

function specs(tokens: readonly Token[]): CueImport[] {
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'string') return [];
    const path = token.text.slice(1, -1);
    const before = tokens[index - 1];
    const alias = before?.kind === 'identifier' ? before.text : undefined;
    return [{ path, alias, name: alias ?? importName(path) }];
  });
}

/** `encoding/json` is used as `json`, `kube/apps/v1` as `v1`, `path:name` as `name`. */
function importName(path: string): string {
  return path.includes(':') ? path.slice(path.indexOf(':') + 1) : path.slice(path.lastIndexOf('/') + 1);
}
