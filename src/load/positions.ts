import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, type Node } from 'yaml';
import type { FieldPath, Locate, Origin } from '../model/origin.ts';

/** Positions within one file. */
export interface Positions {
  readonly originAt: (offset: number) => Origin;
}

/** Turns offsets of a file into origins. */
export function positionsOf(path: string, counter: LineCounter, commit?: string): Positions {
  return {
    originAt: (offset) => {
      const { line, col } = counter.linePos(offset);
      return { path, line: Math.max(line, 1), column: Math.max(col, 1), ...(commit === undefined ? {} : { commit }) };
    },
  };
}

/** Turns offsets of a text into origins; looks at the text when it is first asked. */
export function originsIn(path: string, text: string, commit?: string): (offset: number) => Origin {
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    const column = offset - (starts[low] ?? 0) + 1;
    return { path, line: low + 1, column, ...(commit === undefined ? {} : { commit }) };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The locator of a parsed document's fields. */
export function locator(document: Document.Parsed | Document, { originAt }: Positions): Locate {
  const top = document.contents?.range?.[0] ?? document.range?.[0] ?? 0;
  return (field, at = 'value') => originAt(offsetOf(document.contents, field, at) ?? top);
}

/** The offset of a field, or of its nearest ancestor that exists. */
function offsetOf(contents: Node | null, field: FieldPath, at: 'key' | 'value'): number | undefined {
  let node: unknown = contents;
  let offset = contents?.range?.[0];
  for (const [index, part] of field.entries()) {
    if (!isCollection(node)) return offset;
    const key = keyNode(node, part);
    const value: unknown = node.get(part, true);
    const wantsKey = at === 'key' && index === field.length - 1 && isNode(key);
    const found = wantsKey || isEmptyNode(value) ? key : value;
    if (!isNode(found)) return offset;
    offset = found.range?.[0] ?? offset;
    node = value;
  }
  return offset;
}

function keyNode(node: unknown, part: string | number): unknown {
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))?.key;
}

/** A missing value, or one of no characters (`key:`), has no place of its own. */
function isEmptyNode(value: unknown): boolean {
  return !isNode(value) || value.range?.[0] === value.range?.[1];
}
