import { structuredPatch } from 'diff';
import type { KubeObject } from '../model/manifest.ts';
import { printYaml } from '../layout/printer.ts';
import type { FoldedChange } from './fold.ts';

/** The object before and after as a unified diff of its YAML, with three lines around each change. */
export function unifiedDiff({ kind, name, before, after }: FoldedChange): string {
  const title = `${kind}/${name}`;
  const { hunks } = structuredPatch(title, title, textOf(before), textOf(after), '', '', { context: 3 });
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: body }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...body,
  ]);
  const [from, to] = [before === undefined ? '/dev/null' : title, after === undefined ? '/dev/null' : title];
  return `${[`--- ${from}`, `+++ ${to}`, ...lines].join('\n')}\n`;
}

function textOf(object: KubeObject | undefined): string {
  return object === undefined ? '' : printYaml(object);
}
