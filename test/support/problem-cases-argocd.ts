import { appDeployment, application, cluster, on, target } from './documents.ts';
import { api, config, halves, here, placed, routed, shop, type ProblemCase } from './problem-fixtures.ts';

/** Problems of what is made for Argo CD. */
export const argocdCases = {
  ARGOCD_PATH: {
    files: { 'appdeploy.yaml': `${config}argocd: {repoURL: 'https://example.com/shop.git', path: other}\n` },
    at: 'appdeploy.yaml: ¦argocd',
  },
  CLUSTER_GONE: {
    files: {
      'appdeploy.yaml': `${config}argocd: {repoURL: 'https://example.com/shop.git'}\n`,
      'a.yaml': shop,
      'c.yaml': cluster('east'),
      'd.yaml': placed(undefined, 'shop-v1', [on('east', 1)]),
    },
    afterwards: async (repo) => {
      await repo.appdeploy('render', '-q');
      return repo.commit().write({ 'c.yaml': undefined, 'd.yaml': undefined });
    },
    at: 'rendered/clusters/east:1:1',
  },
  DRAINED_TOO_SOON: {
    files: {
      'a.yaml': application('a') + application('b', [{ name: 'api' }]),
      'd.yaml': appDeployment('shop', { 'a-v1': [on(undefined, 5)], 'b-v1': here }, { traffic: halves }),
    },
    afterwards: async (repo) => {
      await repo.appdeploy('render', '-q');
      const traffic = routed([target('a-v1', 10), target('b-v1', 90, api)]);
      return repo.write({ 'd.yaml': appDeployment('shop', { 'a-v1': [on(undefined, 1)], 'b-v1': here }, { traffic }) });
    },
    command: ['check'],
    exit: 1,
    at: 'a.yaml: - ¦type: webservice',
  },
  NOT_COMMITTED: {
    files: { 'a.yaml': shop, 'd.yaml': placed() },
    afterwards: async (repo) => {
      await repo.appdeploy('render', '-q');
      const path = 'rendered/clusters/in-cluster/default/shop/deployment-web-v1.yaml';
      return repo.write({ [path]: `${repo.read(path)}# edited\n` }).commit();
    },
    command: ['generate', '--cluster', 'in-cluster', '--require-committed'],
    at: 'rendered/clusters/in-cluster/default/shop/deployment-web-v1.yaml:1:1',
  },
} satisfies Record<string, ProblemCase>;
