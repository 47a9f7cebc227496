import type { Edit } from './edits.ts';
import type { Token } from './lexer.ts';

/** A package that a template imports. */
export interface CueImport {
  readonly path: string;
  /** The name that the template uses it by. */
  readonly name: string;
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
  let at = attributesEnd(significant, 0);
  if (significant[at]?.text === 'package' && significant[at + 1]?.kind === 'identifier')
    at = leaveOut(edits, significant, at, at + 2);
  at = attributesEnd(significant, at);
  while (significant[at]?.text === 'import' && significant[at + 1]?.text !== ':') {
    const end = importEnd(significant, at);
    imports.push(...specs(significant.slice(at + 1, end)));
    at = leaveOut(edits, significant, at, end);
  }
  return { imports, edits };
}

/** Takes the tokens from one index to another out, with a comma behind them; gives the second. */
function leaveOut(edits: Edit[], tokens: readonly Token[], from: number, to: number): number {
  const [first, last, next] = [tokens[from], tokens[to - 1], tokens[to]];
  if (first !== undefined && last !== undefined)
    edits.push({ from: first.offset, to: next?.offset ?? last.offset + last.text.length, text: '' });
  return to;
}

/** Behind attributes of the file, `@name(…)`, which may stand before the package clause and the imports. */
function attributesEnd(tokens: readonly Token[], start: number): number {
  let at = start;
  while (tokens[at]?.text === '@') {
    let depth = 0;
    for (at += 2; at < tokens.length; at += 1) {
      depth += tokens[at]?.text === '(' ? 1 : tokens[at]?.text === ')' ? -1 : 0;
      if (depth === 0) break;
    }
    at += 1;
  }
  return at;
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
    return [{ path, name: alias ?? importName(path) }];
  });
}

/** `encoding/json` is used as `json`, `kube/apps/v1` as `v1`, `path:name` as `name`. */
function importName(path: string): string {
  return path.includes(':') ? path.slice(path.indexOf(':') + 1) : path.slice(path.lastIndexOf('/') + 1);
}
