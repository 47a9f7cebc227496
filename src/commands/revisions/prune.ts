import { EnvironmentError } from '../../io/environment-error.ts';
import { writeChanges } from '../../io/write.ts';
import { resolveRepo } from '../../pipeline.ts';
import type { ResolvedRepo } from '../../plan.ts';
import type { Listing } from '../../resolve/record.ts';
import { keptRevisions, prunable } from '../../resolve/prune.ts';
import { type Command, commonOptions } from '../command.ts';
import { printProblems, repoHere } from '../plan.ts';

/** `appdeploy revisions prune` */
export const pruneCommand: Command = {
  name: 'revisions prune',
  summary: 'delete the snapshots of old revisions that nothing names',
  usage: '[--dry-run]',
  positionals: { min: 0, max: 0 },
  options: { 'dry-run': { type: 'boolean', help: 'only print what would be deleted' }, ...commonOptions },
  details: `Keeps the newest ${keptRevisions} revisions of each Application, and every one that is named here or at the tip of\na mainline of the config. Numbers are not used again; a deleted snapshot can be restored.`,
  run: async (_args, values, context) => {
    const { root, repo } = await repoHere(values, context);
    const { version, progress } = context;
    const resolved = await resolveRepo(repo, { version, progress });
    progress('');
    printProblems(resolved.findings.problems(), resolved.findings, values, context);
    const elsewhere = await Promise.all(
      tipsToKeep(resolved).map(({ commit }) => repo.filesAt(commit, resolved.settings)),
    );
    const here = await repo.files(resolved.settings);
    const removals = prunable(resolved.resolution.revisions, [...here, ...elsewhere.flat()]);
    const isDry = values['dry-run'] === true;
    if (!isDry) await writeChanges(root, { files: new Map(), removals }, context.processId);
    for (const path of removals) context.stdout(`${isDry ? 'would delete' : 'deleted'} ${path}\n`);
    if (removals.length === 0 && values['quiet'] !== true) context.stdout('nothing to prune\n');
    return 0;
  },
};

/** The tips of all mainlines. @throws EnvironmentError when one that the config lists is not in this clone */
function tipsToKeep({ record: { mainline }, settings }: ResolvedRepo): readonly Listing[] {
  if (mainline.kind === 'none') return [];
  if (mainline.kind === 'unknown')
    throw new EnvironmentError(`prune must see what the mainline names: ${mainline.reason}`);
  const seen = [mainline.name, ...mainline.tips.map(({ ref }) => ref)];
  const unseen = settings.mainline.filter((name) => !seen.some((ref) => ref === name || ref.endsWith(`/${name}`)));
  if (settings.listsMainlines && unseen.length > 0)
    throw new EnvironmentError(
      `prune must see what every mainline names; fetch ${unseen.join(', ')}, or take it out of the config`,
    );
  return mainline.tips;
}
