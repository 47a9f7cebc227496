import { snapshotText } from '../../resolve/snapshot.ts';
import { type Command, commonOptions } from '../command.ts';
import { planHere } from '../plan.ts';
import { chosenRevision } from './choose.ts';

/** `appdeploy revisions show` */
export const showCommand: Command = {
  name: 'revisions show',
  summary: 'print the snapshot of a revision as YAML',
  usage: 'NAME',
  offers: 'revisions',
  positionals: { min: 1, max: 1 },
  options: { ...commonOptions },
  details: 'NAME is the name of a revision, with its namespace (shop/web-v1) where the name alone is not enough.',
  run: async ([name = ''], values, context) => {
    const { plan } = await planHere(values, context);
    context.stdout(snapshotText(chosenRevision(plan.revisions, name)));
    return 0;
  },
};
