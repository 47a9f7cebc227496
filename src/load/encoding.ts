import { isUtf8 } from 'node:buffer';
import type { Origin } from '../model/origin.ts';

/** Stands for a byte that is no UTF-8, so that nothing is replaced in silence: text has no such characters. */
const escapes = /[\udc80-\udcff]/;
const utf16 = '\udcff\udcfe';

/**
 * Bytes as text. What is not UTF-8 stays visible, each such byte as a lone surrogate (U+DC80 and above, as
 * Python's surrogateescape has it), and UTF-16 is marked as such, so that `encodingFault` finds it.
 */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const order = byteOrder(buffer);
  if (order !== undefined) return `${utf16}${new TextDecoder(order).decode(buffer)}`;
  return isUtf8(buffer) ? buffer.toString('utf8') : escaped(buffer);
}

/** What is wrong with the encoding of a decoded text, and where; undefined where nothing is. */
export function encodingFault({
  path,
  text,
  commit,
}: {
  readonly path: string;
  readonly text: string;
  readonly commit?: string | undefined;
}): { readonly origin: Origin; readonly message: string } | undefined {
  const at = (line: number, column: number): Origin => ({
    path,
    line,
    column,
    ...(commit === undefined ? {} : { commit }),
  });
  if (path.includes('\ufffd')) return { origin: at(1, 1), message: 'the name of this file is not UTF-8' };
  if (text.startsWith(utf16)) return { origin: at(1, 1), message: 'this file is UTF-16; expected UTF-8' };
  const offset = firstEscape(text);
  if (offset < 0) return undefined;
  const before = text.slice(0, offset).split('\n');
  const byte = text.charCodeAt(offset) - 0xdc00;
  const message = `the byte 0x${byte.toString(16)} here is not UTF-8`;
  return { origin: at(before.length, (before.at(-1)?.length ?? 0) + 1), message };
}

/** The offset of the first escaped byte; half of a pair is none. */
function firstEscape(text: string): number {
  return escapes.test(text) ? text.search(/(?<![\ud800-\udbff])[\udc80-\udcff]/) : -1;
}

/** UTF-16 says so by its mark, or by a first character that takes two bytes though it is ASCII. */
function byteOrder(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : undefined;
}

function escaped(bytes: Buffer): string {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length;) {
    const length = characterAt(bytes, at);
    if (length === 0) {
      parts.push(bytes.toString('utf8', start, at), String.fromCharCode(0xdc00 + (bytes[at] ?? 0)));
      start = at + 1;
    }
    at += Math.max(length, 1);
  }
  parts.push(bytes.toString('utf8', start));
  return parts.join('');
}

/** How many bytes the character at an offset has; 0 where there is none. */
function characterAt(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  const end = at + length;
  return length > 0 && end <= bytes.length && isUtf8(bytes.subarray(at, end)) ? length : 0;
}
