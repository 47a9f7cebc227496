import { writeChanges } from '../../io/write.ts';
import { readSource } from '../../io/files.ts';
import { readSettingsOf } from '../../pipeline.ts';
import { restorable } from '../../resolve/restorable.ts';
import { type Command, commonOptions, UsageError } from '../command.ts';
import { repoHere } from '../plan.ts';
import { onlyOne } from './choose.ts';

/** `appdeploy revisions restore` */
export const restoreCommand: Command = {
  name: 'revisions restore',
  summary: 'bring a deleted snapshot back from the mainline or its history',
  usage: 'NAME',
  offers: 'revisions',
  positionals: { min: 1, max: 1 },
  options: { ...commonOptions },
  details: 'NAME is the name of a revision, with its namespace (shop/web-v1) where the name alone is not enough.',
  run: async ([name = ''], values, context) => {
    const { root, repo } = await repoHere(values, context);
    const settings = await readSettingsOf(repo, context);
    const mainline = await repo.mainline(settings);
    if (mainline.kind === 'unknown') throw new UsageError(`${name} cannot be looked for: ${mainline.reason}`);
    const found = onlyOne('recorded snapshot', name, restorable(mainline, await repo.snapshotHistory(mainline)));
    if ((await readSource(root, found.path)) !== undefined)
      throw new UsageError(`${found.path} is there; if its content was changed, run appdeploy revisions repair`);
    const text = (await repo.blobs([found.blob])).get(found.blob);
    if (text === undefined)
      throw new UsageError(`Git does not hold the content of ${found.path}; fetch the whole history`);
    await writeChanges(root, { files: new Map([[found.path, text]]), removals: [] }, context.processId);
    if (values['quiet'] !== true) context.stdout(`restored ${found.path}\n`);
    return 0;
  },
};
