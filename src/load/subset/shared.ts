import { type Cursor, nextContent } from './cursor.ts';

/** Blocks that are worth remembering, in characters: definitions are, of which many snapshots have the same. */
const worthwhile = 1000;
/** Where a snapshot has its definitions, give or take a little. */
const [shallowest, deepest] = [5, 8];
const most = 2000;

/** What blocks of text mean, by their text and depth: equal blocks are one value, read once. */
const known = new Map<string, unknown>();

/**
 * Reads the block at the cursor, which goes on for as long as lines are deeper than its parent; gives the
 * same value for the same text. Where fields are placed, and within such a block, it is read anew.
 */
export function readShared(cursor: Cursor, parent: number, read: () => unknown): unknown {
  const { text, at, indent } = cursor;
  if (cursor.places !== undefined || cursor.isShared || indent < shallowest || indent > deepest) return read();
  const end = blockEnd(text, at, parent);
  if (end - at < worthwhile) return read();
  const key = `${parent} ${indent} ${text.slice(at, end)}`;
  const after: Cursor = { text, at: end, indent, places: undefined, isShared: false };
  nextContent(after);
  const found = known.get(key);
  if (found === undefined) {
    cursor.isShared = true;
    const value = read();
    cursor.isShared = false;
    if (known.size >= most) known.clear();
    if (cursor.at === after.at) known.set(key, value);
    return value;
  }
  cursor.at = after.at;
  cursor.indent = after.indent;
  return found;
}

/** The break before the first line that is not deeper than the parent; blank lines belong to the block. */
function blockEnd(text: string, from: number, parent: number): number {
  for (let end = text.indexOf('\n', from); end >= 0; end = text.indexOf('\n', end + 1)) {
    let at = end + 1;
    while (text.charCodeAt(at) === 32) at += 1;
    const isBlank = at >= text.length || text.charCodeAt(at) === 10;
    if (!isBlank && at - end - 1 <= parent) return end;
  }
  return text.length;
}
