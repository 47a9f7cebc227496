/** A text of YAML outside the subset, or one that is wrong: the whole of YAML has to be asked. */
export class OutsideSubset extends Error {}

/** Where the fields of each mapping and list stand: offsets of keys and of values; -1 for a value of no characters. */
export type Places = Map<object, Map<string | number, readonly [key: number, value: number]>>;

/** A place in a text that moves forward as it is read. */
export interface Cursor {
  readonly text: string;
  /** The offset of what is read next; at the end of a line's content, of its line break. */
  at: number;
  /** The column of `at`, where a line's content begins; -1 at the end of a document. */
  indent: number;
  /** Filled while reading, where it is wanted. */
  readonly places: Places | undefined;
  /** Whether a block is read that others may share. */
  isShared: boolean;
}

/** Gives up: says nothing of why, since the whole of YAML will. */
export function giveUp(): never {
  throw new OutsideSubset();
}

/** Reads a sticky expression at the cursor, without moving. */
export function matchAt({ text, at }: Cursor, expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

/** Whether a list's item begins at the cursor. */
export function isItem({ text, at }: Cursor): boolean {
  return text.charCodeAt(at) === dash && isBlank(text.charCodeAt(at + 1));
}

/** Moves over spaces. */
export function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.at) === space) cursor.at += 1;
}

/** Moves over what may follow a complete value on its line: spaces and a comment. */
export function endLine(cursor: Cursor): void {
  const start = cursor.at;
  skipSpaces(cursor);
  const code = cursor.text.charCodeAt(cursor.at);
  if (code === hash && cursor.at > start) cursor.at = lineEnd(cursor);
  else if (!isLineEnd(code)) giveUp();
}

/** The offset of the line's break, or of the text's end. */
export function lineEnd({ text, at }: Cursor): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Moves from a line's end to the next line with content, and says by `indent` where that begins. */
export function nextContent(cursor: Cursor): void {
  const { text } = cursor;
  while (cursor.at < text.length) {
    cursor.at += 1;
    const start = cursor.at;
    skipSpaces(cursor);
    const code = text.charCodeAt(cursor.at);
    if (code === hash) cursor.at = lineEnd(cursor);
    else if (!isLineEnd(code)) {
      cursor.indent = cursor.at - start;
      if (cursor.indent === 0 && isDocumentMark(cursor)) cursor.indent = -1;
      return;
    }
  }
  cursor.indent = -1;
}

/** Whether a line begins with the mark between documents, or with one that only looks alike. */
function isDocumentMark({ text, at }: Cursor): boolean {
  return text.startsWith('---', at) || text.startsWith('...', at);
}

/** Whether a character ends a line: a break, or the end of the text. */
export function isLineEnd(code: number): boolean {
  return code === lineBreak || Number.isNaN(code);
}

function isBlank(code: number): boolean {
  return code === space || isLineEnd(code);
}

const lineBreak = 10;
const space = 32;
const hash = 35;
const dash = 45;
