import type { Token } from './lexer.ts';

/** A label of a field with the path to it; `end` is where its value ends. */
export interface Label {
  readonly path: readonly string[];
  readonly token: Token;
  readonly end: number;
}

const open = new Set(['{', '[', '(']);
const close = new Set(['}', ']', ')']);

/** The labels outside of lists and calls, chained ones (`spec: template: …`) included. */
export function labelsOf(tokens: readonly Token[]): Label[] {
  const found: { path: string[]; token: Token; end: number }[] = [];
  const scopes: { readonly path: readonly string[]; readonly isStruct: boolean }[] = [{ path: [], isStruct: true }];
  let chain: string[] = [];
  let openFields: typeof found = [];
  for (const [index, token] of tokens.entries()) {
    const scope = scopes.at(-1) ?? { path: [], isStruct: false };
    if (token.kind === 'newline' && scopes.length === 1) openFields = [];
    if (token.kind === 'newline') chain = [];
    for (const field of openFields) field.end = token.offset + token.text.length;
    if (scope.isStruct && isLabel(tokens, index)) {
      chain = [...chain, labelText(token)];
      const field = { path: [...scope.path, ...chain], token, end: token.offset };
      found.push(field);
      if (scopes.length === 1 && chain.length === 1) openFields = [field];
    }
    if (open.has(token.text))
      scopes.push({ path: [...scope.path, ...chain], isStruct: token.text === '{' && scope.isStruct });
    if (open.has(token.text)) chain = [];
    if (close.has(token.text)) scopes.pop();
  }
  return found;
}

/** An identifier or string before a colon, optional or not; not the `:` of a comprehension or slice. */
export function isLabel(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token?.kind !== 'identifier' && token?.kind !== 'string') return false;
  const next = tokens[index + 1]?.text;
  return next === ':' || (next === '?' && tokens[index + 2]?.text === ':');
}

/** A label without its quotes. */
export function labelText({ text }: Token): string {
  return text.replace(/^"(.*)"$/, '$1');
}
