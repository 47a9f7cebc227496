import { unifiedTexts } from '../../diff/unified.ts';
import type { Revision } from '../../model/revision.ts';
import { diffLines } from '../../report/diff-lines.ts';
import { snapshotText } from '../../resolve/snapshot.ts';
import { type Command, commonOptions } from '../command.ts';
import { planHere } from '../plan.ts';
import { chosenRevision } from './choose.ts';

/** `appdeploy revisions diff` */
export const diffCommand: Command = {
  name: 'revisions diff',
  summary: 'show what changed from one revision to another, the definitions that they pin included',
  usage: 'A B',
  offers: 'revisions',
  positionals: { min: 2, max: 2 },
  options: { ...commonOptions },
  details:
    'A unified diff of what `revisions show` prints; nothing where both are the same.\nA and B are names of revisions, with their namespace (shop/web-v1) where the name alone is not enough.',
  run: async ([a = '', b = ''], values, context) => {
    const { plan } = await planHere(values, context);
    const [from, to] = [chosenRevision(plan.revisions, a), chosenRevision(plan.revisions, b)];
    const side = (revision: Revision): { title: string; text: string } => ({
      title: `${revision.application.namespace}/${revision.name}`,
      text: snapshotText(revision),
    });
    if (from !== to) context.stdout(diffLines(unifiedTexts(side(from), side(to)), context.out));
    return 0;
  },
};
