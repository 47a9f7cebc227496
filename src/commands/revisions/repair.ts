import { writeChanges } from '../../io/write.ts';
import { resolveRepo } from '../../pipeline.ts';
import { parseSnapshotPath } from '../../resolve/snapshot.ts';
import { type Command, commonOptions } from '../command.ts';
import { printProblems, repoHere } from '../plan.ts';
import { snapshotChanges } from './changes.ts';

/** `appdeploy revisions repair` */
export const repairCommand: Command = {
  name: 'revisions repair',
  summary: 'restore published snapshots that were changed, and keep the present content as the next revision',
  usage: '',
  positionals: { min: 0, max: 0 },
  options: { ...commonOptions },
  details:
    'A published snapshot is immutable. Each that the tree has with another content gets the mainline\u2019s\nback; what the Application says now becomes the next revision.',
  run: async (_args, values, context) => {
    const { root, repo } = await repoHere(values, context);
    const { version, progress } = context;
    const resolved = await resolveRepo(repo, { version, progress, repair: true });
    progress('');
    printProblems(resolved.findings.problems(), resolved.findings, values, context);
    const places = resolved.settled.flatMap((path) => parseSnapshotPath(path) ?? []);
    const changes = snapshotChanges(
      resolved,
      places.map(({ application }) => application),
    );
    await writeChanges(root, changes, context.processId);
    if (values['quiet'] === true) return 0;
    for (const path of changes.files.keys())
      context.stdout(`${resolved.settled.includes(path) ? 'restored' : 'wrote'} ${path}\n`);
    for (const path of changes.removals) context.stdout(`removed ${path}\n`);
    context.stdout(changes.files.size === 0 ? 'nothing to repair\n' : 'next: appdeploy render\n');
    return 0;
  },
};
