/** A piece of CUE source. Strings are one token, interpolations included; blanks are none. */
export interface Token {
  readonly kind: 'identifier' | 'string' | 'number' | 'comment' | 'newline' | 'punctuation';
  readonly text: string;
  /** Where it begins in the source. */
  readonly offset: number;
}

/** CUE source that ends within a string. */
export class UnterminatedString extends Error {}

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['comment', /\/\/[^\n]*/y],
  ['newline', /\n/y],
  ['punctuation', /_\|_(?![\w$])/y],
  ['identifier', /(?:_?#)?[A-Za-z_$][\w$]*|_?#(?=[^\w"'])|#[A-Za-z_]\w*/y],
  ['number', /\d[\w.]*/y],
  ['punctuation', /\.\.\.|[=!<>]=|=~|!~|&&|\|\||[^\s]/y],
];

const stringStart = /(#*)("""|'''|"|')/y;

/**
 * Splits CUE source into tokens, as far as it takes to find labels, imports and comments; the
 * grammar itself is left to CUE.
 *
 * @throws UnterminatedString
 */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < source.length) {
    const blank = /[ \t\r,]+/y;
    blank.lastIndex = offset;
    if (blank.test(source)) offset = blank.lastIndex;
    if (offset >= source.length) break;
    const token = nextToken(source, offset);
    tokens.push(token);
    offset += token.text.length;
  }
  return tokens;
}

function nextToken(source: string, offset: number): Token {
  stringStart.lastIndex = offset;
  const start = stringStart.exec(source);
  if (start !== null) return { kind: 'string', text: source.slice(offset, stringEnd(source, offset, start)), offset };
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = offset;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) return { kind, text, offset };
  }
  return { kind: 'punctuation', text: source.slice(offset, offset + 1), offset };
}

/** The end of a string: its delimiter with as many `#`; escapes and interpolations are passed over. */
function stringEnd(source: string, offset: number, [whole, hashes = '', quote = '']: RegExpExecArray): number {
  const close = quote + hashes;
  const escape = `\\${hashes}`;
  let at = offset + whole.length;
  while (at < source.length) {
    if (source.startsWith(close, at)) return at + close.length;
    if (source.startsWith(`${escape}(`, at)) at = interpolationEnd(source, at + escape.length + 1);
    else at += source.startsWith(escape, at) ? escape.length + 1 : 1;
  }
  throw new UnterminatedString('a string does not end');
}

/** The end of an interpolation, in which strings and parentheses may stand. */
function interpolationEnd(source: string, offset: number): number {
  let depth = 1;
  let at = offset;
  while (at < source.length && depth > 0) {
    stringStart.lastIndex = at;
    const start = stringStart.exec(source);
    if (start !== null) {
      at = stringEnd(source, at, start);
      continue;
    }
    if (source[at] === '(') depth += 1;
    if (source[at] === ')') depth -= 1;
    at += 1;
  }
  return at;
}
