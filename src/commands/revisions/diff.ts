import { changedFields } from '../../diff/fields.ts';
import { objectsIn } from '../../diff/from-plan.ts';
import { masked, type ObjectPair } from '../../diff/mask.ts';
import { type TextSide, unifiedTexts } from '../../diff/unified.ts';
import { printYaml } from '../../layout/printer.ts';
import { fieldText } from '../../model/origin.ts';
import type { Revision } from '../../model/revision.ts';
import { diffLines } from '../../report/diff-lines.ts';
import { snapshotText } from '../../resolve/snapshot.ts';
import { type Command, commonOptions, jsonOption } from '../command.ts';
import { planHere } from '../plan.ts';
import { chosenRevision } from './choose.ts';

/** `appdeploy revisions diff` */
export const diffCommand: Command = {
  name: 'revisions diff',
  summary: 'show what changed from one revision to another, the definitions that they pin included',
  usage: 'A B [--json]',
  offers: 'revisions',
  positionals: { min: 2, max: 2 },
  options: { ...jsonOption, ...commonOptions },
  details:
    'A unified diff of the snapshots; nothing where both are the same. --json lists the fields instead.\nWhat may be a credential is masked; it says whether it changed.\nA and B are names of revisions, with their namespace (shop/web-v1) where the name alone is not enough.',
  run: async ([a = '', b = ''], values, context) => {
    const { plan } = await planHere(values, context);
    const [from, to] = [chosenRevision(plan.revisions, a), chosenRevision(plan.revisions, b)];
    const shown = maskedPair(from, to);
    if (values['json'] === true) context.stdout(`${JSON.stringify(changesOf(from, to, shown), null, 2)}\n`);
    else if (from !== to) context.stdout(diffLines(textDiff(from, to, shown), context.out));
    return 0;
  },
};

function titleOf({ application, name }: Revision): string {
  return `${application.namespace}/${name}`;
}

/** The snapshots of two revisions, without what may be a credential. */
function maskedPair(from: Revision, to: Revision): ObjectPair {
  const [before, after] = [from, to].map((revision) => objectsIn('', snapshotText(revision))[0]);
  return masked({ before, after });
}

function textDiff(from: Revision, to: Revision, { before, after }: ObjectPair): string {
  const side = (revision: Revision, object: ObjectPair['before']): TextSide => ({
    title: titleOf(revision),
    text: object === undefined ? '' : printYaml(object),
  });
  return unifiedTexts(side(from, before), side(to, after));
}

/** The fields of the snapshots in which two revisions differ; src/schema/reports/revisions-diff.json. */
function changesOf(from: Revision, to: Revision, { before, after }: ObjectPair): object {
  const changes = changedFields(before, after).filter(({ path: [top] }) => top === 'spec');
  return {
    from: titleOf(from),
    to: titleOf(to),
    changes: changes.map(({ path, before: was, after: is }) => ({ field: fieldText(path), before: was, after: is })),
  };
}
