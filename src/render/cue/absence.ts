import type { Edit } from './edits.ts';
import { isLabel } from './labels.ts';
import type { Token } from './lexer.ts';

/**
 * Edits so that a template may ask whether a hidden field that stands for a path is there:
 *
 * `_env: container.env`, and beside it `if _env == _|_ {…}`
 *
 * CUE 0.4.3 calls that a cycle where the path leads nowhere; a `let` of the same path it answers. A hidden
 * field that is declared once is nothing but its path, so that both mean the same.
 */
export function absenceEdits(tokens: readonly Token[]): Edit[] {
  const declared = new Map<string, number[]>();
  for (const [index, { text }] of tokens.entries())
    if (text.startsWith('_') && isLabel(tokens, index)) declared.set(text, [...(declared.get(text) ?? []), index]);
  return [...declared].flatMap(([name, [index = 0, ...more]]): Edit[] => {
    const path = more.length === 0 ? pathOf(tokens, index) : undefined;
    const questions = path === undefined ? [] : tokens.filter((_, at) => isQuestion(tokens, at, name));
    if (questions.length === 0) return [];
    const alias = `$path$${name}`;
    const from = tokens[index]?.offset ?? 0;
    return [
      { from, to: from, text: `let ${alias} = ${path}\n` },
      ...questions.map(({ offset, text }) => ({ from: offset, to: offset + text.length, text: alias })),
    ];
  });
}

/** `a.b[0]["c"]` where that is all the value of a label that begins a field; undefined for any other value. */
function pathOf(tokens: readonly Token[], label: number): string | undefined {
  if (tokens[label - 1]?.text === ':' || tokens[label + 1]?.text !== ':') return undefined;
  let at = label + 2;
  if (tokens[at]?.kind !== 'identifier' || isLabel(tokens, at)) return undefined;
  let path = tokens[at]?.text ?? '';
  at += 1;
  for (let step = stepAt(tokens, at); step !== undefined; step = stepAt(tokens, at)) {
    path += step.map(({ text }) => text).join('');
    at += step.length;
  }
  const next = tokens[at];
  // Commas are no tokens: a name or a string behind the path begins the next field.
  const goesOn = next !== undefined && next.text !== '}' && (next.kind === 'punctuation' || next.kind === 'number');
  return goesOn ? undefined : path;
}

/** `.name`, `[0]` or `["name"]`. */
function stepAt(tokens: readonly Token[], at: number): readonly Token[] | undefined {
  const [first, second, third] = tokens.slice(at, at + 3);
  if (first?.text === '.' && second?.kind === 'identifier') return [first, second];
  const isIndex =
    first?.text === '[' && (second?.kind === 'number' || second?.kind === 'string') && third?.text === ']';
  return isIndex ? tokens.slice(at, at + 3) : undefined;
}

/** Whether a token is the name in `name == _|_`, `name != _|_` or the same the other way round. */
function isQuestion(tokens: readonly Token[], at: number, name: string): boolean {
  if (tokens[at]?.text !== name || tokens[at - 1]?.text === '.') return false;
  const asks = (operator: number, bottom: number): boolean =>
    ['==', '!='].includes(tokens[operator]?.text ?? '') && tokens[bottom]?.text === '_|_';
  const ends = !['.', '[', '('].includes(tokens[at + 1]?.text ?? '');
  return asks(at + 1, at + 2) || (ends && asks(at - 1, at - 2));
}
