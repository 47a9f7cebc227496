import { writeChanges } from '../../io/write.ts';
import { type ObjectName, qualifiedName } from '../../model/catalog.ts';
import { resolveRepo } from '../../pipeline.ts';
import { type Command, commonOptions } from '../command.ts';
import { printProblems, repoHere } from '../plan.ts';
import { chosenApplication } from './choose.ts';
import { snapshotChanges } from './changes.ts';

/** `appdeploy revisions cut` */
export const cutCommand: Command = {
  name: 'revisions cut',
  summary: 'make a revision that takes up changed definitions',
  usage: 'APP',
  offers: 'applications',
  positionals: { min: 1, max: 1 },
  options: { ...commonOptions },
  details:
    'A changed definition alone makes no revision. This writes the pending snapshot of one that pins the\ndefinitions as they are now. APP may be NAMESPACE/APP.',
  run: async ([name = ''], values, context) => {
    const { root, repo } = await repoHere(values, context);
    const { version, progress } = context;
    const cut = (each: ObjectName): boolean => each.name === name || qualifiedName(each) === name;
    const resolved = await resolveRepo(repo, { version, progress, cut });
    const application = chosenApplication(resolved.catalog.applications, name);
    progress('');
    const problems = resolved.findings.problems();
    printProblems(problems, resolved.findings, values, context);
    const own = resolved.resolution.revisions.filter(
      (revision) => qualifiedName(revision.application) === qualifiedName(application),
    );
    const newest = own.at(-1);
    const changes = snapshotChanges(resolved, [application]);
    await writeChanges(root, changes, context.processId);
    if (values['quiet'] === true) return 0;
    if (newest?.state !== 'pending')
      context.stdout(`nothing to take up: ${newest?.name ?? name} pins the present content and definitions\n`);
    else
      context.stdout(`${newest.name} is pending, with the present content and definitions\nnext: appdeploy render\n`);
    return 0;
  },
};
