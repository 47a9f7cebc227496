import { describe, expect, test } from 'vitest';
import { EnvironmentError } from '../../src/io/environment-error.ts';
import { hubCluster, hubSecret, onHub } from '../support/hub-api.ts';
import { kubeconfig } from '../support/kubeconfigs.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

const sync = ['clusters', 'sync'];
const token = 'canary-4f1d9c';

describe('the host cluster cannot be reached', () => {
  test.each([
    ['outside of a pod', [], /^this is no pod of a cluster; say --kubeconfig FILE$/],
    ['a context without a kubeconfig', ['--context', 'east'], /^--context needs --kubeconfig$/],
    ['a kubeconfig that is not there', ['--kubeconfig', 'none'], /none cannot be read as a kubeconfig$/],
    ['a broken kubeconfig', ['--kubeconfig', 'broken'], /broken cannot be read as a kubeconfig$/],
    ['an unknown context', ['--kubeconfig', 'good', '--context', 'west'], /good has no context west$/],
    ['no current context', ['--kubeconfig', 'empty'], /^the kubeconfig has no current context/],
    ['nobody listens', ['--kubeconfig', 'good'], /the API server does not answer \(E\w+\)$/],
    [
      'a command that gives no credentials',
      ['--kubeconfig', 'exec'],
      /^the credentials for the host cluster cannot be had/,
    ],
  ])('%s: it says so, and nothing of the file', async (_what, words, says) => {
    const cluster = { server: 'https://127.0.0.1:1' };
    const command = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: 'sh' };
    const repo = new ScratchRepo({ git: false }).write({
      good: kubeconfig({ cluster, user: { token } }),
      broken: `users: [{token: "${token}\n`,
      empty: kubeconfig({ user: { token }, top: { 'current-context': '' } }),
      exec: kubeconfig({ cluster, user: { exec: { ...command, args: ['-c', `echo ${token} >&2; exit 3`] } } }),
    });
    const error: unknown = await repo.appdeploy(...sync, ...words).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EnvironmentError);
    expect((error as Error).message).toMatch(says);
    expect((error as Error).message).not.toContain(token);
  });
});

test.each([
  [['--watch', '--dry-run'], 'exclude each other'],
  [['--watch', '--problems', 'json'], 'leave out --problems'],
  [['--port', '80'], '--watch only'],
  [['--watch', '--port', '70000', '--kubeconfig', 'hub.kubeconfig'], 'is not a port'],
])('%j is wrong usage', async (words, says) => {
  const repo = await onHub()(new ScratchRepo({ git: false }));
  const { code, stderr } = await repo.appdeploy(...sync, ...words);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(says) as string });
});

test('Clusters of several namespaces are synced, each with a Secret of its own namespace', async () => {
  const inTeam = (name: string): object => ({ ...hubCluster(name), metadata: { name, namespace: 'team' } });
  const source = (name: string, namespace: string): object =>
    hubSecret(`kubeconfig-${name}`, { config: kubeconfig({ cluster: { server: `https://${name}` } }) }, { namespace });
  const objects = [hubCluster('east'), inTeam('west'), inTeam('north')];
  const repo = await onHub(
    ...objects,
    source('east', 'default'),
    source('west', 'team'),
    source('north', 'default'),
  )(new ScratchRepo({ git: false }));
  const namespaces = ['--clusters-namespace', 'default', '--clusters-namespace', 'team'];
  const { code, stdout, stderr } = await repo.appdeploy(...sync, '--kubeconfig', 'hub.kubeconfig', ...namespaces);
  expect(stdout.trim().split('\n')).toEqual([
    'created Secret argocd/cluster-east of Cluster default/east',
    'created Secret argocd/cluster-west of Cluster team/west',
  ]);
  expect(stderr).toContain('Cluster team/north:1:1: error KUBECONFIG_MISSING');
  expect(code).toBe(1);
});
