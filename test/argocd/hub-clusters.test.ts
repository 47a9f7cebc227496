import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { appDeployment, application, cluster, on } from '../support/documents.ts';
import { kubeconfig, kubeconfigSecret } from '../support/kubeconfigs.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

const config = (clusters: string): string =>
  `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nargocd:\n  repoURL: https://git.example.com/shop.git\n${clusters}`;
const files = {
  'appdeploy.yaml': config('  clusters: true\n'),
  'shop.yaml': application('shop'),
  'clusters.yaml':
    cluster('east', { region: 'eu' }, { namespace: 'shop', annotations: { 'appdeploy.dev/argocd-shard': '1' } }) +
    cluster('west'),
  'site.yaml': appDeployment('site', { 'shop-v1': [on('west', 1)] }),
};

test('with argocd.clusters the Cluster objects go to the host cluster, before what deploys there', async () => {
  const repo = new ScratchRepo().write(files);
  expect((await repo.appdeploy('render', '-q')).stderr).toBe('');
  expect(parse(repo.read('rendered/argocd/cluster-east.yaml'))).toEqual({
    apiVersion: 'core.oam.dev/v1beta1',
    kind: 'Cluster',
    metadata: {
      name: 'east',
      namespace: 'shop',
      labels: { region: 'eu' },
      annotations: { 'argocd.argoproj.io/sync-wave': '-1', 'appdeploy.dev/argocd-shard': '1' },
    },
    spec: { kubeconfigSecretRef: { name: 'kubeconfig-east' } },
  });
  expect(parse(repo.read('rendered/argocd/kustomization.yaml'))).toMatchObject({
    resources: expect.arrayContaining(['cluster-east.yaml', 'cluster-west.yaml']) as string[],
  });
  // Rendered Clusters are output, and so not read as a second pair.
  expect((await repo.commit().appdeploy('check')).stdout).toBe('in sync\n');
});

test('without it they stay in the repo, and a kubeconfig does so always', async () => {
  const secret = kubeconfigSecret('kubeconfig-west', kubeconfig({ user: { token: 'CANARY' } }));
  const repo = new ScratchRepo().write({ ...files, 'secret.yaml': secret });
  const { stdout, stderr } = await repo.appdeploy('render');
  expect(stdout + stderr + Object.values(repo.files('rendered')).join('')).not.toMatch(/CANARY|kind: Secret/);
  repo.write({ 'appdeploy.yaml': config('') });
  await repo.appdeploy('render', '-q');
  expect(Object.keys(repo.files('rendered/argocd')).filter((path) => path.includes('/cluster-'))).toEqual([]);
});

test('an annotation that Argo CD would misread is found where it stands', async () => {
  const annotations = { 'appdeploy.dev/argocd-shard': 'first' };
  const repo = new ScratchRepo().write({ 'c.yaml': cluster('east', {}, { annotations }) });
  expect((await repo.appdeploy('validate')).stderr).toContain(
    'c.yaml:8:33: error INVALID_VALUE: metadata.annotations["appdeploy.dev/argocd-shard"] must be a number from 0',
  );
});
