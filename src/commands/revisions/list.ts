import { qualifiedName } from '../../model/catalog.ts';
import { byText } from '../../model/plain.ts';
import type { Revision } from '../../model/revision.ts';
import type { Plan } from '../../plan.ts';
import { tableText } from '../../report/table.ts';
import type { SnapshotHistory } from '../../resolve/record.ts';
import { snapshotPath } from '../../resolve/snapshot.ts';
import { type Command, commonOptions, jsonOption } from '../command.ts';
import { planHere } from '../plan.ts';
import { chosenApplication } from './choose.ts';

/** One line of the list. */
interface Row {
  readonly namespace: string;
  readonly name: string;
  /** When and with which commit its snapshot came to the mainline; null before. */
  readonly created: string | null;
  readonly commit: string | null;
  readonly hash: string;
  readonly state: Revision['state'];
  readonly publishedOn: readonly string[];
  readonly inUseBy: readonly string[];
}

/** `appdeploy revisions` */
export const listCommand: Command = {
  name: 'revisions',
  summary: 'list the revisions of all Applications, or of one; cut, repair, restore, prune, import them',
  usage: '[APP]',
  offers: 'applications',
  positionals: { min: 0, max: 1 },
  options: { ...jsonOption, ...commonOptions },
  details:
    'APP is the name of an Application, with its namespace (shop/web) where the name alone is not enough.\nSTATE says on which branches a revision is published. A pending one is still rewritten.',
  run: async ([name], values, context) => {
    const { repo, plan } = await planHere(values, context);
    const history = plan.record.history ?? (await repo.snapshotHistory(plan.record.mainline));
    const rows = matching(plan, name).map((revision) => rowOf(revision, plan, history));
    context.stdout(values['json'] === true ? `${JSON.stringify(rows, null, 2)}\n` : listText(rows));
    return 0;
  },
};

function matching({ revisions, catalog }: Plan, name: string | undefined): Revision[] {
  const known = [...catalog.applications, ...revisions.map(({ application }) => application)];
  const byKey = new Map(known.map(({ namespace, name: own }) => [`${namespace}/${own}`, { namespace, name: own }]));
  const wanted = name === undefined ? undefined : qualifiedName(chosenApplication([...byKey.values()], name));
  const keyOf = ({ application }: Revision): string => qualifiedName(application);
  return revisions
    .filter((revision) => wanted === undefined || keyOf(revision) === wanted)
    .toSorted((a, b) => byText(keyOf(a), keyOf(b)) || a.number - b.number);
}

function rowOf(revision: Revision, { placements }: Plan, { births }: SnapshotHistory): Row {
  const path = snapshotPath(revision.application, revision.number);
  const birth = births.find((each) => each.path === path);
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
    publishedOn: revision.publishedOn,
    inUseBy: [...new Set(users)].toSorted(byText),
  };
}

function listText(rows: readonly Row[]): string {
  const several = new Set(rows.map(({ namespace }) => namespace)).size > 1;
  const cells = rows.map(({ namespace, name, created, commit, hash, state, publishedOn, inUseBy }) => [
    ...(several ? [namespace] : []),
    name,
    created ?? '-',
    commit?.slice(0, 12) ?? '-',
    hash,
    publishedOn.length === 0 ? state : `${state} (${publishedOn.join(', ')})`,
    inUseBy.join(',') || '-',
  ]);
  return tableText(
    [...(several ? ['NAMESPACE'] : []), 'NAME', 'CREATED', 'COMMIT', 'HASH', 'STATE', 'IN USE BY'],
    cells,
  );
}
