import { type Cursor, endLine, giveUp, lineEnd, matchAt } from './cursor.ts';

const doubleQuoted = /"(?:[^"\\\n]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/y;
const singleQuoted = /'(?:[^'\n]|'')*'/y;
const integer = /^[-+]?\d{1,15}$/;
const decimal = /^[-+]?(?:\.\d{1,12}|\d{1,12}\.\d{0,12})$/;
/** What may be a number in a way that needs more than that. */
const unusual = /^[-+]?(?:\.\d|\d[\d.]*(?:[eE][-+]?\d+)?$|\.(?:inf|nan)$|0[ox])|^\.nan$/i;
const words = new Map<string, boolean | null>([
  ...['null', 'Null', 'NULL', '~'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

/** Reads a quoted text on one line, and moves behind it; undefined where none begins. */
export function readQuoted(cursor: Cursor): string | undefined {
  const quote = cursor.text[cursor.at];
  if (quote !== '"' && quote !== "'") return undefined;
  const [found] = matchAt(cursor, quote === '"' ? doubleQuoted : singleQuoted) ?? giveUp();
  cursor.at += found.length;
  return quote === '"' ? (JSON.parse(found) as string) : found.slice(1, -1).replaceAll("''", "'");
}

/** Reads a plain scalar up to the end of its line. */
function readPlain(cursor: Cursor): unknown {
  const end = lineEnd(cursor);
  const line = cursor.text.slice(cursor.at, end);
  const comment = line.indexOf(' #');
  const plain = (comment < 0 ? line : line.slice(0, comment)).trimEnd();
  if (!canBePlain(plain) || plain.includes(': ') || plain.endsWith(':')) giveUp();
  cursor.at = end;
  return plainValue(plain);
}

/** Reads a quoted or plain scalar that fills its line. */
export function readScalar(cursor: Cursor): unknown {
  const quoted = readQuoted(cursor);
  if (quoted === undefined) return readPlain(cursor);
  endLine(cursor);
  return quoted;
}

/** What a plain scalar means in the core schema of YAML 1.2. */
export function plainValue(plain: string): unknown {
  const word = words.get(plain);
  if (word !== undefined) return word;
  const first = plain.charCodeAt(0);
  // Digits, signs and the point: nothing else can begin a number.
  if (first > 57 || first < 43) return plain;
  if (integer.test(plain) || decimal.test(plain)) return Number(plain);
  return unusual.test(plain) ? giveUp() : plain;
}

function canBePlain(plain: string): boolean {
  return /^(?:[^\s,[\]{}#&*!|>'"%@`?:-]|[?:-]\S)/.test(plain);
}
