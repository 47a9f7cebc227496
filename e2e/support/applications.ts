import { dig, digList, digText } from '../../src/model/plain.ts';
import type { ControlPlane } from './control-plane.ts';
import { until } from './processes.ts';

const refreshNote = 'argocd.argoproj.io/refresh';

/**
 * Lets Argo CD look at the repo at once. It takes the note away when it has looked; one that is written
 * meanwhile would go unheard.
 */
export async function refreshAll(host: ControlPlane): Promise<void> {
  const isNoted = (each: unknown): boolean => dig(each, 'metadata', 'annotations', refreshNote) !== undefined;
  await until('an end of the last refresh', () => (applicationsOf(host).some(isNoted) ? undefined : true));
  const names = applicationsOf(host).map((each) => digText(each, '', 'metadata', 'name'));
  if (names.length === 0) return;
  const words = ['--namespace', 'argocd', '--overwrite', `${refreshNote}=hard`];
  host.kubectl(['annotate', 'application', ...names, ...words]);
}

/** Waits until every Application is healthy, and in sync with a commit. @throws with the state of each */
export async function allSynced(host: ControlPlane, commit: string): Promise<void> {
  let states: readonly string[] = [];
  await until(
    'Applications that are in sync',
    () => {
      states = applicationsOf(host).map((each) => stateOf(each, commit));
      const isDone = states.length > 1 && states.every((state) => state.endsWith(': Synced Healthy Succeeded'));
      return isDone ? true : undefined;
    },
    120,
  ).catch((error: Error) => {
    throw new Error(`${error.message}\n${states.join('\n')}`);
  });
}

function stateOf(application: unknown, commit: string): string {
  const words = [
    digText(application, '?', 'status', 'sync', 'status'),
    digText(application, '?', 'status', 'health', 'status'),
    digText(application, '?', 'status', 'operationState', 'phase'),
    ...(dig(application, 'status', 'sync', 'revision') === commit ? [] : ['with an older commit']),
  ];
  return `${digText(application, '', 'metadata', 'name')}: ${words.join(' ')}\n${conditionText(application)}`.trimEnd();
}

/** What Argo CD says is wrong with the Application that deploys to a cluster. */
export function conditionsOf(host: ControlPlane, cluster: string): string {
  const found = applicationsOf(host).find((each) => dig(each, 'spec', 'destination', 'name') === cluster);
  return conditionText(found);
}

function conditionText(application: unknown): string {
  return digList(application, 'status', 'conditions')
    .map((condition) => `${digText(condition, '', 'type')}: ${digText(condition, '', 'message')}`)
    .join('\n');
}

function applicationsOf({ kubectl }: ControlPlane): readonly unknown[] {
  return digList(JSON.parse(kubectl(['get', 'applications', '--namespace', 'argocd', '--output', 'json'])), 'items');
}
