import type { FoldedChange } from '../../diff/fold.ts';
import type { DiffReport } from '../../diff/report.ts';
import type { Finding } from '../../diff/safety/finding.ts';
import { unifiedDiff } from '../../diff/unified.ts';
import { originText } from '../../model/origin.ts';
import { groupBy } from '../../model/plain.ts';
import type { Style } from '../style.ts';
import { tableText } from '../table.ts';
import { undeployedText } from '../undeployed.ts';
import {
  blastRadiusText,
  clustersText,
  exceededTexts,
  imageText,
  kindCounts,
  labelText,
  oneLine,
  replicasText,
  transition,
  valueText,
  weightText,
  whereText,
} from './words.ts';

const signs = { added: ['+', 'green'], changed: ['~', 'yellow'], removed: ['-', 'red'] } as const;
const colours = { error: 'red', warning: 'yellow', note: 'cyan' } as const;

/** A report for a terminal. With `verbose`, all cluster names, and unified diffs. */
export function diffText(report: DiffReport, style: Style, verbose: boolean): string {
  const limit = verbose ? Infinity : 3;
  const sections = [
    `${undeployedText(report.undeployed)}${labelText(report.base)} \u2192 ${labelText(report.head)}\n`,
    matrixText(report, limit),
    imagesText(report, limit),
    report.changes.length === 0 ? 'No object changes.\n' : changesText(report, style, limit),
    verbose ? report.changes.map((change) => diffOf(change, style)).join('\n') : '',
    report.findings.map((finding) => findingText(finding, style, limit)).join(''),
    report.changes.length === 0 ? '' : `Blast radius: ${blastRadiusText(report.blastRadius)}\n`,
    exceededTexts(report)
      .map((text) => `${style.paint('red', text)}\n`)
      .join(''),
  ];
  return sections.filter((section) => section !== '').join('\n');
}

function matrixText({ matrix }: DiffReport, limit: number): string {
  if (matrix.length === 0) return '';
  const rows = matrix.map((row) => [
    row.owner,
    row.revision,
    replicasText(row),
    weightText(row),
    clustersText(row.clusters, limit),
  ]);
  return tableText(['APPDEPLOYMENT', 'REVISION', 'REPLICAS', 'WEIGHT', 'CLUSTERS'], rows);
}

function imagesText({ images }: DiffReport, limit: number): string {
  if (images.length === 0) return '';
  const rows = images.map(({ owner, workload, container, before, after, clusters }) => [
    owner,
    oneLine(workload),
    oneLine(container),
    oneLine(transition(imageText(before), imageText(after))),
    clustersText(clusters, limit),
  ]);
  return tableText(['APPDEPLOYMENT', 'WORKLOAD', 'CONTAINER', 'IMAGE', 'CLUSTERS'], rows);
}

function changesText({ changes }: DiffReport, style: Style, limit: number): string {
  const owners = [...groupBy(changes, ({ owner }) => owner)].map(
    ([owner, own]) =>
      `${style.paint('bold', owner)}\n${own.map((change) => changeText(change, style, limit)).join('')}`,
  );
  return `${kindCounts(changes)}\n\n${owners.join('')}`;
}

function changeText({ action, kind, name, clusters, fields }: FoldedChange, { paint }: Style, limit: number): string {
  const [sign, colour] = signs[action];
  const shown = fields.slice(0, limit * 4);
  const lines = shown.map(
    ({ path, before, after }) => `      ${oneLine(path)}: ${transition(valueText(before), valueText(after))}\n`,
  );
  const rest =
    fields.length > shown.length
      ? [`      \u2026 and ${fields.length - shown.length} more fields (-v shows all)\n`]
      : [];
  return [
    `  ${paint(colour, `${sign} ${oneLine(`${kind} ${name}`)}`)} ${whereText(clusters, limit)}\n`,
    ...lines,
    ...rest,
  ].join('');
}

function findingText(
  { code, severity, message, cure, clusters, owner, origin }: Finding,
  { paint }: Style,
  limit: number,
): string {
  const place = origin === undefined ? '' : `${paint('bold', originText(origin))}: `;
  const where = clusters.length === 0 ? '' : ` (${whereText(clusters, limit)})`;
  const who = owner === undefined ? '' : `${owner}: `;
  return `${place}${paint(colours[severity], `${severity} ${code}`)}: ${oneLine(`${who}${message}`)}${where}\n  ${paint('dim', 'hint:')} ${cure}\n`;
}

function diffOf(change: FoldedChange, { paint }: Style): string {
  const [first = ''] = change.clusters;
  const more = change.clusters.length > 1 ? ` and ${change.clusters.length - 1} more` : '';
  const lines = unifiedDiff(change)
    .split('\n')
    .map(oneLine)
    .map((line) => (line.startsWith('+') ? paint('green', line) : line.startsWith('-') ? paint('red', line) : line));
  return `${paint('dim', `${change.owner} on ${first}${more}`)}\n${lines.join('\n')}`;
}
