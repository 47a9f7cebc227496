import { changedFields } from '../../diff/fields.ts';
import { objectsIn } from '../../diff/from-plan.ts';
import { masked } from '../../diff/mask.ts';
import { unifiedTexts } from '../../diff/unified.ts';
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
    'A unified diff of what `revisions show` prints; nothing where both are the same. --json lists the\nfields instead, without what may be a credential.\nA and B are names of revisions, with their namespace (shop/web-v1) where the name alone is not enough.',
  run: async ([a = '', b = ''], values, context) => {
    const { plan } = await planHere(values, context);
    const [from, to] = [chosenRevision(plan.revisions, a), chosenRevision(plan.revisions, b)];
    const side = (revision: Revision): { title: string; text: string } => ({
      title: titleOf(revision),
      text: snapshotText(revision),
    });
    if (values['json'] === true) context.stdout(`${JSON.stringify(changesOf(from, to), null, 2)}\n`);
    else if (from !== to) context.stdout(diffLines(unifiedTexts(side(from), side(to)), context.out));
    return 0;
  },
};

function titleOf({ application, name }: Revision): string {
  return `${application.namespace}/${name}`;
}

/** The fields of the snapshots in which two revisions differ; src/schema/reports/revisions-diff.json. */
function changesOf(from: Revision, to: Revision): object {
  const [before, after] = [from, to].map((revision) => objectsIn('', snapshotText(revision))[0]);
  const shown = masked({ before, after });
  const changes = changedFields(shown.before, shown.after).filter(({ path: [top] }) => top === 'spec');
  return {
    from: titleOf(from),
    to: titleOf(to),
    changes: changes.map(({ path, before: was, after: is }) => ({ field: fieldText(path), before: was, after: is })),
  };
}
