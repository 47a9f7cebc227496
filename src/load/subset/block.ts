import { type Cursor, endLine, giveUp, isItem, isLineEnd, matchAt, nextContent, skipSpaces } from './cursor.ts';
import { readFlow } from './flow.ts';
import { readLiteral } from './literal.ts';
import { readScalar } from './scalar.ts';
import { readShared } from './shared.ts';

const plainKey = /([A-Za-z0-9_.$/][A-Za-z0-9_.$/@-]*):(?= |\n|$)/y;
const quotedKey = /(?:"([^"\\\n]*)"|'([^'\n]*)'):(?= |\n|$)/y;
const longestKey = 256;
/** How far in a line may begin: what is nested deeper could exhaust the stack. */
const deepest = 200;

/** Reads the mapping or list whose first line the cursor is on, and moves to the content that follows it. */
export function readBlock(cursor: Cursor): unknown {
  if (cursor.indent > deepest) giveUp();
  return isItem(cursor) ? readList(cursor, cursor.indent) : readMapping(cursor, cursor.indent);
}

function readMapping(cursor: Cursor, indent: number): Record<string, unknown> {
  const mapping: Record<string, unknown> = {};
  const places = placesOf(cursor, mapping);
  do {
    const start = cursor.at;
    const key = readKey(cursor);
    if (Object.hasOwn(mapping, key) || key === '__proto__') giveUp();
    const isNested = endsHere(cursor);
    if (isNested) toNested(cursor);
    // A list may stand as deep as its key.
    const isEmpty = isNested && cursor.indent <= indent && !(cursor.indent === indent && isItem(cursor));
    places?.set(key, [start, isEmpty ? -1 : cursor.at]);
    mapping[key] = isEmpty ? null : isNested ? readBelow(cursor, indent) : readInLine(cursor, indent);
    if (cursor.indent > indent) giveUp();
  } while (cursor.indent === indent && !isItem(cursor));
  return mapping;
}

/** Reads a key with its colon, and moves to the value or the end of the line. */
function readKey(cursor: Cursor): string {
  const found = matchAt(cursor, plainKey) ?? matchAt(cursor, quotedKey) ?? giveUp();
  if (found[0].length > longestKey) giveUp();
  cursor.at += found[0].length;
  skipSpaces(cursor);
  return found[1] ?? found[2] ?? '';
}

/** A list's lines may be as deep as the key above it; a mapping's are deeper. */
function readBelow(cursor: Cursor, indent: number): unknown {
  if (cursor.indent === indent) return readList(cursor, indent);
  return readShared(cursor, indent, () => readBlockOrScalar(cursor, indent));
}

function readList(cursor: Cursor, indent: number): unknown[] {
  const list: unknown[] = [];
  const places = placesOf(cursor, list);
  do {
    cursor.at += 1;
    skipSpaces(cursor);
    const isNested = endsHere(cursor);
    if (isNested) toNested(cursor);
    const isEmpty = isNested && cursor.indent <= indent;
    places?.set(list.length, [-1, isEmpty ? -1 : cursor.at]);
    list.push(isEmpty ? null : readItem(cursor, indent, isNested));
    if (cursor.indent > indent) giveUp();
  } while (cursor.indent === indent && isItem(cursor));
  return list;
}

function readItem(cursor: Cursor, indent: number, isNested: boolean): unknown {
  if (isNested) return readBlockOrScalar(cursor, indent);
  if (!startsBlock(cursor)) return readInLine(cursor, indent);
  // What begins behind the dash is as deep as it begins.
  cursor.indent = cursor.at - cursor.text.lastIndexOf('\n', cursor.at - 1) - 1;
  return readBlock(cursor);
}

/** What stands on lines of its own, deeper than its parent. */
function readBlockOrScalar(cursor: Cursor, parent: number): unknown {
  return startsBlock(cursor) ? readBlock(cursor) : readInLine(cursor, parent);
}

function startsBlock(cursor: Cursor): boolean {
  return isItem(cursor) || matchAt(cursor, plainKey) !== null || matchAt(cursor, quotedKey) !== null;
}

/** A value that begins on the cursor's line; moves to the content after it. */
function readInLine(cursor: Cursor, parent: number): unknown {
  const flow = readFlow(cursor);
  const isLiteral = cursor.text[cursor.at] === '|';
  const value = flow ?? (isLiteral ? readLiteral(cursor, parent) : readScalar(cursor));
  if (flow !== undefined) endLine(cursor);
  nextContent(cursor);
  // A deeper line would go on with what has ended here.
  if (cursor.indent > parent) giveUp();
  return value;
}

/** Whether nothing but a comment follows on the line. */
function endsHere({ text, at }: Cursor): boolean {
  const code = text.charCodeAt(at);
  return isLineEnd(code) || (code === 35 && text.charCodeAt(at - 1) === 32);
}

function toNested(cursor: Cursor): void {
  cursor.at = cursor.text.indexOf('\n', cursor.at);
  if (cursor.at < 0) cursor.at = cursor.text.length;
  nextContent(cursor);
}

function placesOf({ places }: Cursor, collection: object): Map<string | number, readonly [number, number]> | undefined {
  if (places === undefined) return undefined;
  const own = new Map<string | number, readonly [number, number]>();
  places.set(collection, own);
  return own;
}
