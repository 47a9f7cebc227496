import type { SourceFile } from '../../model/catalog.ts';
import { type Origin, originText } from '../../model/origin.ts';
import { groupBy } from '../../model/plain.ts';
import type { Problem } from '../../model/problem.ts';
import type { Severity } from '../../model/problem-kind.ts';
import type { Style } from '../style.ts';
import { maskedLine } from './masked-line.ts';

const colours = { error: 'red', warning: 'yellow', note: 'cyan' } as const;

/** Problems for people: place, severity, code and message, the source line with a caret, the hint. */
export function problemsText(problems: readonly Problem[], sources: readonly SourceFile[], style: Style): string {
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  return problems.map((each) => problemText(each, texts, style)).join('');
}

/** How many problems there are of each severity: `2 errors, 1 warning`. */
export function countText(problems: readonly Problem[]): string {
  const groups = groupBy(problems, ({ severity }) => severity);
  return (['error', 'warning', 'note'] as const)
    .flatMap((severity) => countOf(severity, groups.get(severity)?.length ?? 0))
    .join(', ');
}

function countOf(severity: Severity, count: number): string[] {
  return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
}

function problemText(
  { code, severity, origin, message, hint, related }: Problem,
  texts: ReadonlyMap<string, string>,
  { paint }: Style,
): string {
  const head = `${paint('bold', originText(origin))}: ${paint(colours[severity], `${severity} ${code}`)}: ${message}\n`;
  const others = related.map((other) => `  ${paint('dim', 'see')} ${originText(other.origin)} (${other.message})\n`);
  return [head, excerpt(origin, texts, paint), ...others, `  ${paint('dim', 'hint:')} ${hint}\n`].join('');
}

/** The line of an origin with a caret below; past states are not shown, since the file has moved on. */
function excerpt(
  { path, line, column, commit }: Origin,
  texts: ReadonlyMap<string, string>,
  paint: Style['paint'],
): string {
  const lines = commit === undefined ? (texts.get(path)?.split(/\r?\n/) ?? []) : [];
  const text = lines[line - 1] ?? '';
  const shown = maskedLine(lines, line - 1);
  if (text.trim() === '' || shown === undefined) return '';
  const number = String(line);
  const { part, before } = around(printable(shown), text.slice(0, column - 1));
  const caret = `${' '.repeat(number.length)} | ${before.replace(/[^\t]/g, ' ')}^`;
  return `  ${paint('dim', `${number} |`)} ${part}\n  ${paint('dim', caret)}\n`;
}

/** Characters of a line that are shown on either side of its caret. */
const reach = 80;

/** The part of a long line around its caret, and what stands in it before the caret. */
function around(line: string, before: string): { readonly part: string; readonly before: string } {
  const start = Math.max(before.length - reach, 0);
  const end = before.length + reach;
  const [head, tail] = [start > 0 ? '\u2026' : '', end < line.length ? '\u2026' : ''];
  return { part: `${head}${line.slice(start, end)}${tail}`, before: `${head}${before.slice(start)}` };
}

/** Bytes that are not UTF-8 are shown as terminals show them. */
function printable(line: string): string {
  return line.replaceAll(/\p{Cs}/gu, '\ufffd');
}
