import type { FieldPath } from '../../model/origin.ts';
import { readBlock } from './block.ts';
import { type Cursor, giveUp, matchAt, nextContent, OutsideSubset, type Places } from './cursor.ts';

/** A document of the subset: a mapping, and where its content begins. */
export interface SubsetDocument {
  readonly value: unknown;
  readonly start: number;
}

/**
 * Tabs, carriage returns, a byte order mark and control characters mean something, or are mistakes;
 * directives too.
 */
const strange = /[^\P{Cc}\n]|\p{Cs}|[\u2028\u2029\ufeff]|^%/mu;
const mark = /--- *(?:\n|$)/y;

/**
 * Reads the documents of a text as the `yaml` package does by YAML 1.2, where they are plain: block
 * mappings and lists, scalars on one line, literals, short collections in brackets, comments.
 * Documents without content are left out. undefined at the first thing that is anything else, or wrong.
 */
export function readSubset(text: string): SubsetDocument[] | undefined {
  if (strange.test(text)) return undefined;
  try {
    return readDocuments({ text, at: -1, indent: 0, places: undefined, isShared: false });
  } catch (error) {
    if (error instanceof OutsideSubset) return undefined;
    throw error;
  }
}

/** The offset of a field of a document, or of its nearest ancestor that exists, as `readSubset` found the document. */
export function offsetInSubset(text: string, start: number, field: FieldPath, at: 'key' | 'value'): number {
  const { value, places } = placed(text, start);
  return follow(value, places, { start, field, at });
}

interface PlacedDocument extends SubsetDocument {
  readonly text: string;
  readonly places: Places;
}

/** The documents that were asked last: whoever asks for one field asks for more, and all would fill the memory. */
const recent: PlacedDocument[] = [];

function placed(text: string, start: number): PlacedDocument {
  const known = recent.find((each) => each.start === start && each.text === text);
  if (known !== undefined) return known;
  const places: Places = new Map();
  const indent = start - text.lastIndexOf('\n', start - 1) - 1;
  const found = { text, start, value: readBlock({ text, at: start, indent, places, isShared: false }), places };
  recent.unshift(found);
  recent.splice(8);
  return found;
}

interface Wanted {
  readonly start: number;
  readonly field: FieldPath;
  readonly at: 'key' | 'value';
}

function follow(value: unknown, places: Places, { start, field, at }: Wanted): number {
  let node = value;
  let offset = start;
  for (const [index, part] of field.entries()) {
    const place = typeof node === 'object' && node !== null ? places.get(node)?.get(part) : undefined;
    if (place === undefined) return offset;
    const [keyAt, valueAt] = place;
    const wantsKey =
      keyAt >= 0 && !Array.isArray(node) && (valueAt < 0 || (at === 'key' && index === field.length - 1));
    const found = wantsKey ? keyAt : valueAt;
    if (found < 0) return offset;
    offset = found;
    node = (node as Record<string | number, unknown>)[part];
  }
  return offset;
}

function readDocuments(cursor: Cursor): SubsetDocument[] {
  const documents: SubsetDocument[] = [];
  nextContent(cursor);
  while (cursor.at < cursor.text.length) {
    if (cursor.indent < 0) toNextDocument(cursor);
    if (cursor.indent < 0) continue;
    const start = cursor.at;
    documents.push({ value: readBlock(cursor), start });
    // Whatever is left of the document is none of its mapping.
    if (cursor.indent >= 0) giveUp();
  }
  return documents;
}

function toNextDocument(cursor: Cursor): void {
  const [found] = matchAt(cursor, mark) ?? giveUp();
  cursor.at += found.endsWith('\n') ? found.length - 1 : found.length;
  nextContent(cursor);
}
