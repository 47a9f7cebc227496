import type { FoldedChange } from '../../diff/fold.ts';
import type { DiffReport } from '../../diff/report.ts';
import type { Finding } from '../../diff/safety/finding.ts';
import { unifiedDiff } from '../../diff/unified.ts';
import { originText } from '../../model/origin.ts';
import { groupBy } from '../../model/plain.ts';
import { type Block, fitBlocks } from './budget.ts';
import { cell, code, fenced, htmlCode, prose } from './markdown-escape.ts';
import {
  actionCounts,
  blastRadiusText,
  clustersText,
  exceededTexts,
  imageText,
  kindCounts,
  labelText,
  replicasText,
  transition,
  valueText,
  weightText,
  whereText,
} from './words.ts';

/** What a comment may hold: 65,536 characters on GitHub, less what finds it again; GitLab takes more. */
export const commentLimit = 65_000;

/** Clusters that a row names before it counts the others. */
const namedClusters = 3;

/** Fields of a change that are listed; the diffs have them all. */
const listedFields = 12;

/** A report as a comment on a pull request, cut to fit the budget; the diffs come last, and are cut first. */
export function diffMarkdown(report: DiffReport, budget: number = commentLimit): string {
  const note = (count: number): string =>
    `\n${count} rows, changes and diffs are left out to fit a comment; \`-v\` in a terminal shows all of them.\n`;
  const { text, leftOut } = fitBlocks(
    [
      headBlock(report),
      matrixBlock(report),
      summaryBlock(report),
      findingsBlock(report),
      imagesBlock(report),
      ...ownerBlocks(report),
      ...diffBlocks(report),
    ],
    budget - note(999_999_999).length,
  );
  return leftOut === 0 ? text : `${text}${note(leftOut)}`;
}

function headBlock({ base, head, undeployed }: DiffReport): Block {
  const behind = undeployed.map(
    ({ application, newest, deployed }) =>
      `\n> The present content of ${code(application)} (${code(newest)}) is newer than every deployed revision (${deployed.map(code).join(', ')}).\n`,
  );
  const title = `### appdeploy: what changes\n\n${code(labelText(base))} \u2192 ${code(labelText(head))}\n`;
  return { head: title, items: behind, tail: '', left: countOf('Applications'), share: 0.25 };
}

function summaryBlock(report: DiffReport): Block {
  const { changes, blastRadius } = report;
  const objects =
    changes.length === 0
      ? ['\nNo object changes.\n']
      : [`\n**Blast radius**: ${blastRadiusText(blastRadius)}\n`, `\n**Objects**: ${prose(kindCounts(changes))}\n`];
  const limits = exceededTexts(report).map((text) => `\n**Limit exceeded**: ${prose(text)}\n`);
  return { head: '', items: [...limits, ...objects], tail: '', left: countOf('lines'), share: 0.25 };
}

function matrixBlock({ matrix }: DiffReport): Block {
  const items = matrix.map((row) => {
    const bold = (text: string): string => (text.includes('\u2192') ? `**${text}**` : text);
    const cells = [
      cell(row.owner),
      prose(clustersText(row.clusters, namedClusters)),
      cell(row.revision),
      bold(replicasText(row)),
      bold(weightText(row)),
    ];
    return `| ${cells.join(' | ')} |\n`;
  });
  const head =
    '\n#### Rollout\n\n| AppDeployment | Clusters | Revision | Replicas | Weight |\n| --- | --- | --- | --- | --- |\n';
  return present({ head, items, tail: '', left: countOf('rows'), share: 0.5 });
}

function findingsBlock({ findings }: DiffReport): Block {
  return present({
    head: '\n#### On the way there\n\n',
    items: findings.map(findingItem),
    tail: '',
    left: countOf('findings'),
    share: 0.5,
  });
}

function findingItem({ code: name, severity, message, cure, clusters, owner, origin }: Finding): string {
  const who = owner === undefined ? '' : ` ${code(owner)}:`;
  const where = clusters.length === 0 ? '' : ` (${prose(whereText(clusters, namedClusters))})`;
  const place = origin === undefined ? '' : `, ${code(originText(origin))}`;
  return `- **${severity}** ${code(name)}${place}:${who} ${prose(message)}${where}. *${prose(cure)}*\n`;
}

function imagesBlock({ images }: DiffReport): Block {
  const items = images.map(({ owner, workload, container, before, after, clusters }) => {
    const image = transition(
      before === undefined ? imageText(before) : cell(before),
      after === undefined ? imageText(after) : cell(after),
    );
    const cells = [cell(owner), cell(workload), cell(container), image, prose(clustersText(clusters, namedClusters))];
    return `| ${cells.join(' | ')} |\n`;
  });
  const head =
    '\n#### Images\n\n| AppDeployment | Workload | Container | Image | Clusters |\n| --- | --- | --- | --- | --- |\n';
  return present({ head, items, tail: '', left: countOf('images'), share: 0.5 });
}

/** For each AppDeployment, what happens to its objects. */
function ownerBlocks({ changes }: DiffReport): Block[] {
  return [...groupBy(changes, ({ owner }) => owner)].map(([owner, own]) => ({
    ...details(owner, actionCounts(own)),
    items: own.map(changeItem),
    left: countOf('changes'),
    share: 0.5,
  }));
}

function changeItem({ action, kind, name, clusters, fields }: FoldedChange): string {
  const shown = fields.slice(0, listedFields);
  const lines = shown.map(({ path, before, after }) => {
    const [was, is] = [valueText(before), valueText(after)].map((text) =>
      text.length > 200 ? `${text.slice(0, 200)}\u2026` : text,
    );
    return `  - ${code(path)}: ${code(was ?? '')} \u2192 ${code(is ?? '')}\n`;
  });
  const rest = fields.length > shown.length ? [`  - \u2026 and ${fields.length - shown.length} more fields\n`] : [];
  return [
    `- ${action} ${code(`${kind} ${name}`)}, ${prose(whereText(clusters, namedClusters))}\n`,
    ...lines,
    ...rest,
  ].join('');
}

/** The same objects in full, as unified diffs; last, so that a cut takes them first. */
function diffBlocks({ changes }: DiffReport): Block[] {
  return [...groupBy(changes, ({ owner }) => owner)].map(([owner, own]) => ({
    ...details(owner, 'diffs'),
    items: own.map(
      (change, index) => `${index === 0 ? '' : '\n'}${diffTitle(change)}\n\n${fenced('diff', unifiedDiff(change))}`,
    ),
    left: countOf('diffs'),
    share: 1,
  }));
}

function diffTitle({ action, kind, name, clusters }: FoldedChange): string {
  const more = clusters.length > 1 ? ` and ${clusters.length - 1} more` : '';
  return `${action} ${code(`${kind} ${name}`)} on ${code(clusters[0] ?? '')}${more}`;
}

function details(owner: string, what: string): Pick<Block, 'head' | 'tail'> {
  return { head: `\n<details><summary>${htmlCode(owner)}: ${what}</summary>\n\n`, tail: '\n</details>\n' };
}

function countOf(what: string): Block['left'] {
  return (count) => `\n\u2026 and ${count} more ${what}\n`;
}

/** A block without items is nothing. */
function present(block: Block): Block {
  return block.items.length > 0 ? block : { ...block, head: '', tail: '' };
}
