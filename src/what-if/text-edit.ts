import { isMap, LineCounter, parseAllDocuments, visit } from 'yaml';
import type { SourceFile } from '../model/catalog.ts';
import type { Origin } from '../model/origin.ts';
import { groupBy } from '../model/plain.ts';

/** A part of a file's text that is replaced; offsets count from the text's first character, without a byte order mark. */
export interface TextEdit {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The files with the edits made; all edits are of the texts as they were. */
export function edited(files: readonly SourceFile[], edits: readonly TextEdit[]): SourceFile[] {
  const byPath = groupBy(edits, ({ path }) => path);
  return files.map((file) => {
    const own = byPath.get(file.path);
    if (own === undefined) return file;
    const fromTheEnd = own.toSorted((a, b) => b.start - a.start);
    const text = fromTheEnd.reduce(
      (before, edit) => before.slice(0, edit.start) + edit.text + before.slice(edit.end),
      plainText(file),
    );
    return { ...file, text };
  });
}

/** Replaces the whole number that stands at an origin; undefined where none stands. */
export function numberEdit(file: SourceFile, { line, column }: Origin, value: number): TextEdit | undefined {
  const text = plainText(file);
  const start = offsetOf(text, line, column);
  const length = /^\d+(?![\w.])/.exec(text.slice(start, start + 20))?.[0].length;
  return length === undefined ? undefined : { path: file.path, start, end: start + length, text: String(value) };
}

/**
 * Puts null in place of the mapping that begins at an origin: a document, or an item of a List. All
 * else keeps its line and column. undefined where no mapping begins.
 */
export function removalEdit(file: SourceFile, { line, column }: Origin): TextEdit | undefined {
  const text = plainText(file);
  const start = offsetOf(text, line, column);
  const documents = parseAllDocuments(text, { lineCounter: new LineCounter(), logLevel: 'silent' });
  let end: number | undefined;
  for (const document of Array.isArray(documents) ? documents : [])
    visit(document, {
      Map: (_key, node) => {
        if (end === undefined && isMap(node) && node.range?.[0] === start) end = node.range[1];
      },
    });
  if (end === undefined) return undefined;
  const blank = text.slice(start + 4, end).replace(/[^\r\n]/g, ' ');
  return { path: file.path, start, end, text: `null${blank}` };
}

/** As it is parsed. */
function plainText({ text }: SourceFile): string {
  return text.replace(/^\uFEFF/, '');
}

function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}
