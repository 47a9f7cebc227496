import type { FieldPath } from '../model/origin.ts';
import { digList, digText, type PlainObject } from '../model/plain.ts';
import { kubeconfigFields, type FieldRules, type Fields, readFields } from './fields.ts';
import type { Complain, KubeconfigProblem } from './kubeconfig-problem.ts';
import type { Converted, CredentialDocument } from './parse-credentials.ts';

/** A named entry of one of the three lists, read. */
export interface Entry extends Fields {
  /** Where its fields lie: `users[0].user`. */
  readonly at: FieldPath;
}

/** The cluster and the user that a context joins. */
export interface Connection {
  readonly cluster: Entry;
  readonly user: Entry;
}

/** Finds the context to convert: the only one when it is current, else the one that is asked for. */
export function chooseConnection({ value, complain }: CredentialDocument, wish?: string): Converted<Connection> {
  const top = readFields(kubeconfigFields.config, value, [], complain);
  const problems = [...top.problems, ...kindProblems(top.values, complain), ...duplicateNames(top.values, complain)];
  const context = chooseContext(top.values, wish, complain);
  if (context.value === undefined) return { problems: [...problems, ...context.problems] };
  const cluster = referred(top.values, 'cluster', context.value, complain);
  const user = referred(top.values, 'user', context.value, complain);
  const found = [...problems, ...context.problems, ...cluster.problems, ...user.problems];
  if (cluster.value === undefined || user.value === undefined) return { problems: found };
  return { value: { cluster: cluster.value, user: user.value }, problems: found };
}

function kindProblems(config: PlainObject, complain: Complain): KubeconfigProblem[] {
  return [
    ...(digText(config, 'Config', 'kind') === 'Config'
      ? []
      : [complain('KUBECONFIG_INVALID', ['kind'], 'must be Config, as in every kubeconfig')]),
    ...(digText(config, 'v1', 'apiVersion') === 'v1'
      ? []
      : [complain('KUBECONFIG_INVALID', ['apiVersion'], 'must be v1, the only version of a kubeconfig')]),
  ];
}

const lists = { cluster: 'clusters', user: 'users', context: 'contexts' } as const;

/** client-go refuses a kubeconfig where two entries share a name. */
function duplicateNames(config: PlainObject, complain: Complain): KubeconfigProblem[] {
  return Object.values(lists).flatMap((list) => {
    const names = digList(config, list).map((entry) => digText(entry, '', 'name'));
    return names.flatMap((name, index) =>
      names.indexOf(name) === index
        ? []
        : [complain('KUBECONFIG_INVALID', [list, index, 'name'], 'is the name of an entry above too')],
    );
  });
}

function chooseContext(config: PlainObject, wish: string | undefined, complain: Complain): Converted<Entry> {
  const names = digList(config, 'contexts').map((entry) => digText(entry, '', 'name'));
  const current = digText(config, '', 'current-context');
  const says = (field: FieldPath, message: string): Converted<Entry> => ({
    problems: [complain('KUBECONFIG_CONTEXT', field, message)],
  });
  if (wish === undefined && names.length > 1)
    return says(['contexts'], `has ${names.length} entries, and none is chosen`);
  if (wish === undefined && current === '') return says(['current-context'], 'is missing, and no context is chosen');
  const index = names.indexOf(wish ?? current);
  if (index < 0 && wish !== undefined) return says(['contexts'], 'has no entry of the name that is asked for');
  if (index < 0) return says(['current-context'], 'names no entry of contexts');
  const entry = entryOf(config, 'context', index, complain);
  return { value: entry, problems: entry.problems };
}

function entryOf(config: PlainObject, kind: keyof typeof lists, index: number, complain: Complain): Entry {
  const list = lists[kind];
  const named: FieldRules = { name: { type: 'text' }, [kind]: { type: 'mapping' } };
  const outer = readFields(named, digList(config, list)[index], [list, index], complain);
  const at = [list, index, kind];
  const inner = readFields(kubeconfigFields[kind], outer.values[kind], at, complain);
  return { at, values: inner.values, problems: [...outer.problems, ...inner.problems] };
}

/** The cluster or the user that a context names. */
function referred(config: PlainObject, kind: 'cluster' | 'user', context: Entry, complain: Complain): Converted<Entry> {
  const name = digText(context.values, '', kind);
  const index = digList(config, lists[kind]).findIndex((entry) => digText(entry, '', 'name') === name);
  const at = [...context.at, kind];
  if (name === '') return { problems: [complain('KUBECONFIG_INVALID', at, 'is missing')] };
  if (index < 0) return { problems: [complain('KUBECONFIG_INVALID', at, `names no entry of ${lists[kind]}`)] };
  const entry = entryOf(config, kind, index, complain);
  return { value: entry, problems: entry.problems };
}
