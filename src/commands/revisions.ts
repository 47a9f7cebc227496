import { openRepo } from '../io/repo.ts';
import type { Revision } from '../model/revision.ts';
import { byText } from '../model/plain.ts';
import { tableText } from '../report/table.ts';
import type { Plan } from '../pipeline.ts';
import { snapshotPath, snapshotText } from '../resolve/snapshot.ts';
import type { Command } from './command.ts';
import { commonOptions, jsonOption, UsageError } from './command.ts';
import { planHere } from './plan.ts';

/** One line of the list. */
interface Row {
  readonly namespace: string;
  readonly name: string;
  /** When and with which commit its snapshot came; null while it is not committed. */
  readonly created: string | null;
  readonly commit: string | null;
  readonly hash: string;
  readonly state: Revision['state'];
  readonly inUseBy: readonly string[];
}

/** `appdeploy revisions` */
export const revisionsCommand: Command = {
  name: 'revisions',
  summary: 'list the revisions of all Applications, or of one; show one as YAML',
  usage: '[APP] | show NAME',
  positionals: { min: 0, max: 2 },
  options: { ...jsonOption, ...commonOptions },
  details:
    'APP is the name of an Application, with its namespace (shop/web) where the name alone is not enough.\n`revisions show NAME` prints the snapshot of a revision.',
  run: async (args, values, context) => {
    const { root, plan } = await planHere(values, context);
    if (args[0] === 'show') {
      context.stdout(snapshotText(chosenRevision(plan, args[1])));
      return 0;
    }
    if (args.length > 1) throw new UsageError(`unexpected argument ${JSON.stringify(args[1])}`);
    const added = await (await openRepo(root)).added();
    const rows = matching(plan, args[0]).map((revision) => rowOf(revision, plan, added));
    context.stdout(values['json'] === true ? `${JSON.stringify(rows, null, 2)}\n` : listText(rows));
    return 0;
  },
};

function matching({ revisions, catalog }: Plan, application: string | undefined): Revision[] {
  const chosen = revisions.filter(
    ({ application: { namespace, name } }) =>
      application === undefined || application === name || application === `${namespace}/${name}`,
  );
  const known = [
    ...new Set([...catalog.applications, ...revisions.map((revision) => revision.application)].map(({ name }) => name)),
  ];
  if (application !== undefined && chosen.length === 0)
    throw new UsageError(
      `there is no Application ${JSON.stringify(application)}; known are ${known.toSorted().join(', ') || 'none'}`,
    );
  return chosen.toSorted(
    (a, b) =>
      byText(`${a.application.namespace}/${a.application.name}`, `${b.application.namespace}/${b.application.name}`) ||
      a.number - b.number,
  );
}

function chosenRevision({ revisions }: Plan, name: string | undefined): Revision {
  if (name === undefined) throw new UsageError('revisions show takes the name of a revision');
  const found = revisions.filter(
    (revision) => revision.name === name || `${revision.application.namespace}/${revision.name}` === name,
  );
  const [first, second] = found;
  if (first === undefined)
    throw new UsageError(
      `there is no revision ${JSON.stringify(name)}; known are ${revisions.map((revision) => revision.name).join(', ') || 'none'}`,
    );
  if (second !== undefined)
    throw new UsageError(
      `${name} exists in several namespaces: ${found.map(({ application }) => application.namespace).join(', ')}; write NAMESPACE/${name}`,
    );
  return first;
}

function rowOf(
  revision: Revision,
  { placements }: Plan,
  added: readonly { path: string; commit: string; date: string }[],
): Row {
  const path = snapshotPath(revision.application, revision.number);
  const birth = added.findLast((each) => each.path === path);
  const users = [
    ...placements.placed.filter((each) => each.revision === revision).map(({ appDeployment }) => appDeployment.name),
    ...placements.direct.filter((each) => each.revision === revision).map(({ application }) => application.name),
  ];
  return {
    namespace: revision.application.namespace,
    name: revision.name,
    created: birth?.date ?? null,
    commit: birth?.commit ?? null,
    hash: revision.hash,
    state: revision.state,
    inUseBy: [...new Set(users)].toSorted(byText),
  };
}

function listText(rows: readonly Row[]): string {
  const several = new Set(rows.map(({ namespace }) => namespace)).size > 1;
  const cells = rows.map(({ namespace, name, created, commit, hash, state, inUseBy }) => [
    ...(several ? [namespace] : []),
    name,
    created ?? '-',
    commit?.slice(0, 12) ?? '-',
    hash,
    state,
    inUseBy.join(',') || '-',
  ]);
  return tableText(
    [...(several ? ['NAMESPACE'] : []), 'NAME', 'CREATED', 'COMMIT', 'HASH', 'STATE', 'IN USE BY'],
    cells,
  );
}
