import { type Cursor, giveUp, matchAt, skipSpaces } from './cursor.ts';
import { plainValue, readQuoted } from './scalar.ts';

/** A plain scalar inside brackets: no indicator but within a word. */
const plain = /[A-Za-z0-9_./$(](?:[^\s,[\]{}#:]|:(?=[A-Za-z0-9_/.])| +(?=[^\s,[\]{}#:]))*/y;
/** A key; behind a quoted one, as in JSON, the value may follow at once. */
const key = /([A-Za-z_$][A-Za-z0-9_./-]*): +|"([^"\\\n]*)": */y;

/** Reads a collection in brackets on one line, and moves behind it; undefined where none begins. */
export function readFlow(cursor: Cursor, depth = 0): unknown {
  const open = cursor.text[cursor.at];
  if ((open !== '[' && open !== '{') || depth > 20) return undefined;
  const value: unknown[] | Record<string, unknown> = open === '[' ? [] : {};
  cursor.places?.set(value, new Map());
  cursor.at += 1;
  skipSpaces(cursor);
  while (!cursor.text.startsWith(open === '[' ? ']' : '}', cursor.at)) {
    if (Array.isArray(value)) readElement(cursor, value, depth);
    else readEntry(cursor, value, depth);
    skipSpaces(cursor);
    if (cursor.text[cursor.at] === ',') {
      cursor.at += 1;
      skipSpaces(cursor);
      if (/[,\]}]/.test(cursor.text[cursor.at] ?? '')) giveUp();
    } else if (!cursor.text.startsWith(open === '[' ? ']' : '}', cursor.at)) giveUp();
  }
  cursor.at += 1;
  return value;
}

function readElement(cursor: Cursor, list: unknown[], depth: number): void {
  cursor.places?.get(list)?.set(list.length, [cursor.at, cursor.at]);
  list.push(readValue(cursor, depth));
}

function readEntry(cursor: Cursor, mapping: Record<string, unknown>, depth: number): void {
  const found = matchAt(cursor, key) ?? giveUp();
  const whole = found[0];
  const name = found[1] ?? found[2] ?? '';
  if (Object.hasOwn(mapping, name) || name === '__proto__') giveUp();
  cursor.places?.get(mapping)?.set(name, [cursor.at, cursor.at + whole.length]);
  cursor.at += whole.length;
  mapping[name] = readValue(cursor, depth);
}

function readValue(cursor: Cursor, depth: number): unknown {
  const nested = readFlow(cursor, depth + 1);
  if (nested !== undefined) return nested;
  const quoted = readQuoted(cursor);
  if (quoted !== undefined) return quoted;
  const [found] = matchAt(cursor, plain) ?? giveUp();
  cursor.at += found.length;
  return plainValue(found);
}
