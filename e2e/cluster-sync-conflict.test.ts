import { afterAll, beforeAll, expect, test } from 'vitest';
import { syncClusters } from '../src/cluster-sync.ts';
import { type KubeApi, kubeApi } from '../src/io/kube/api.ts';
import { dig } from '../src/model/plain.ts';
import { clusterObject, type Hub, kubeconfigOfCluster, startHub } from './support/cluster-sync.ts';

let hub: Hub;

beforeAll(async () => {
  hub = await startHub();
  hub.apply(clusterObject('east'), kubeconfigOfCluster('east', 'first'));
  expect(await hub.sync()).toMatchObject({ code: 0, stderr: '' });
});
afterAll(() => hub.stop());

/** Does something at the API server before each update, as somebody faster would. */
const raced = (before: (round: number) => void): KubeApi => {
  const api = kubeApi(hub.connection);
  let round = 0;
  return {
    ...api,
    call: async (call) => {
      if (call.verb === 'update') before((round += 1));
      return api.call(call);
    },
  };
};
const scope = { namespace: 'argocd', clusterNamespaces: ['default'], applicationNamespaces: ['argocd'] };
const note = (word: string): void => {
  const words = ['annotate', 'secret', 'cluster-east', '--namespace', 'argocd', '--overwrite'];
  hub.control.kubectl([...words, `example.com/note=${word}`]);
};

test('once: it reads again, and both changes are there', async () => {
  hub.apply(kubeconfigOfCluster('east', 'raced'));
  const { steps, problems } = await syncClusters(
    raced((round) => round === 1 && note('once')),
    scope,
    false,
  );
  expect(steps).toMatchObject([{ action: 'update', name: 'cluster-east', changed: ['config'] }]);
  expect(problems).toEqual([]);
  expect(hub.token('cluster-east')).toBe('raced');
  expect(dig(hub.get('secret', 'cluster-east', 'argocd'), 'metadata', 'annotations')).toMatchObject({
    'example.com/note': 'once',
  });
});

test('always: it gives up with a problem, and has overwritten nothing', async () => {
  hub.apply(kubeconfigOfCluster('east', 'late'));
  const { steps, problems } = await syncClusters(
    raced((round) => note(`again-${round}`)),
    scope,
    false,
  );
  expect(steps).toEqual([]);
  expect(problems).toMatchObject([{ code: 'CLUSTER_SECRET_CONFLICT' }]);
  expect(hub.token('cluster-east')).toBe('raced');
});

test('made foreign in between: it is left alone', async () => {
  const api = raced(() => {
    const words = ['annotate', 'secret', 'cluster-east', '--namespace', 'argocd', 'appdeploy.dev/cluster-'];
    hub.control.kubectl(words);
  });
  const { steps, problems } = await syncClusters(api, scope, false);
  expect(steps).toEqual([]);
  expect(problems).toMatchObject([{ code: 'CLUSTER_SECRET_FOREIGN' }]);
  expect(hub.token('cluster-east')).toBe('raced');
});
