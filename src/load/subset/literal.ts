import { type Cursor, giveUp, lineEnd, matchAt } from './cursor.ts';

const header = /\|([+-]?) *(?:\n|$)/y;

/**
 * Reads a block literal (`|`, `|-`, `|+`) whose indentation its first line says; `parent` is the
 * indentation that its lines must exceed. Leaves the cursor at the end of its last line.
 */
export function readLiteral(cursor: Cursor, parent: number): string {
  const [whole, chomping = ''] = matchAt(cursor, header) ?? giveUp();
  cursor.at += whole.length;
  if (!whole.endsWith('\n')) giveUp();
  const lines = readLines(cursor, parent);
  const last = lines.findLastIndex((line) => line !== '');
  // A text of empty lines alone has rules of its own.
  if (last < 0) giveUp();
  const content = lines.slice(0, last + 1).join('\n');
  if (chomping === '-') return content;
  return chomping === '' ? `${content}\n` : `${content}${'\n'.repeat(lines.length - last)}`;
}

/** The lines of a literal without their indentation; the cursor stands at the break before the next line. */
function readLines(cursor: Cursor, parent: number): string[] {
  const { text } = cursor;
  const lines: string[] = [];
  let indentation = -1;
  while (cursor.at < text.length) {
    const end = lineEnd(cursor);
    const start = cursor.at;
    let content = start;
    while (content < end && text.charCodeAt(content) === 32) content += 1;
    // Lines of nothing but spaces may or may not be content.
    if (content === end && end > start) giveUp();
    if (content === end) {
      lines.push('');
    } else {
      if (indentation < 0) indentation = content - start;
      if (indentation <= parent) giveUp();
      if (content - start < indentation) break;
      lines.push(text.slice(start + indentation, end));
    }
    cursor.at = end + 1;
  }
  cursor.at -= 1;
  return lines;
}
