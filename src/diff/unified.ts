import { structuredPatch } from 'diff';
import type { KubeObject } from '../model/manifest.ts';
import { printYaml } from '../layout/printer.ts';
import type { FoldedChange } from './fold.ts';

/** The object before and after as a unified diff of its YAML, with three lines around each change. */
export function unifiedDiff({ kind, name, before, after }: FoldedChange): string {
  const title = `${kind}/${name}`;
  const side = (object: KubeObject | undefined): TextSide =>
    object === undefined ? { title: '/dev/null', text: '' } : { title, text: printYaml(object) };
  return unifiedTexts(side(before), side(after));
}

/** A text and what it is called. */
export interface TextSide {
  readonly title: string;
  readonly text: string;
}

/** Two texts as a unified diff, with three lines around each change; the titles alone where they are the same. */
export function unifiedTexts(from: TextSide, to: TextSide): string {
  const { hunks } = structuredPatch(from.title, to.title, from.text, to.text, '', '', { context: 3 });
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: body }) => [
    `@@ -${rangeText(oldStart, oldLines)} +${rangeText(newStart, newLines)} @@`,
    ...body,
  ]);
  return `${[`--- ${from.title}`, `+++ ${to.title}`, ...lines].join('\n')}\n`;
}

/** A range without lines is named by the line before it, as in POSIX's diff. */
function rangeText(start: number, count: number): string {
  return `${count === 0 ? start - 1 : start},${count}`;
}
