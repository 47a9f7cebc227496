import type { Edit } from './edits.ts';
import type { Token } from './lexer.ts';

/** `for v in parameter.x` → `if parameter.x != _|_ for v in parameter.x`, and `if len(parameter.x)` likewise. */
export function guardEdits(tokens: readonly Token[]): Edit[] {
  return tokens.flatMap((token, index): Edit[] => {
    const from =
      token.text === 'for' ? rangeOf(tokens, index) : token.text === 'if' ? lengthOf(tokens, index) : undefined;
    const path = from === undefined ? undefined : parameterPath(tokens, from);
    return path === undefined ? [] : [{ from: token.offset, to: token.offset, text: `if ${path} != _|_ ` }];
  });
}

function rangeOf(tokens: readonly Token[], index: number): number | undefined {
  const names = tokens.slice(index + 1, index + 4).map(({ text }) => text);
  const at = names.indexOf('in');
  return at < 1 ? undefined : index + at + 2;
}

function lengthOf(tokens: readonly Token[], index: number): number | undefined {
  return tokens[index + 1]?.text === 'len' && tokens[index + 2]?.text === '(' ? index + 3 : undefined;
}

/** `parameter.a.b` at an index of the tokens. */
function parameterPath(tokens: readonly Token[], index: number): string | undefined {
  if (tokens[index]?.text !== 'parameter' || tokens[index + 1]?.text !== '.') return undefined;
  let path = 'parameter';
  for (let at = index + 1; tokens[at]?.text === '.' && tokens[at + 1]?.kind === 'identifier'; at += 2)
    path += `.${tokens[at + 1]?.text ?? ''}`;
  return path;
}
