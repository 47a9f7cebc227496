import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dig } from '../src/model/plain.ts';
import { application, appDeployment, on, target } from '../test/support/documents.ts';
import { becomeReady, type Delivery, objectIn, routesIn, startDelivery } from './support/delivery.ts';
import { until } from './support/processes.ts';

const health = fileURLToPath(new URL('../deploy/argocd/autoscaler-health/health.yaml', import.meta.url));

let delivery: Delivery;

const shop = (image: string): string =>
  application('shop', [
    { name: 'web', properties: { image }, traits: [{ type: 'hpa', properties: { min: 2, max: 10 } }] },
  ]);

/** Revisions of shop on the host cluster: their replicas and their weights. */
function site(revisions: Readonly<Record<string, readonly [number, number]>>): string {
  const entries = Object.entries(revisions);
  const weightedTargets = entries.map(([name, [, weight]]) => target(name, weight));
  const traffic = { hosts: ['shop.example.com'], http: [{ weightedTargets }] };
  const placed = entries.map(([name, [replicas]]) => [name, [on(undefined, replicas)]] as const);
  return appDeployment('site', Object.fromEntries(placed), { traffic });
}

const config = (more = ''): string =>
  `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nargocd: {repoURL: "file://${delivery.repo.root}"}\n${more}`;

beforeAll(async () => {
  delivery = await startDelivery(['horizontal-pod-autoscaler-controller']);
  await delivery.push({
    'appdeploy.yaml': config('autoscalers: {beforeRoutes: false}\n'),
    'shop.yaml': shop('nginx:1.27'),
    'site.yaml': site({ 'shop-v1': [4, 100] }),
  });
  await delivery.apply('argocd', 'bootstrap');
});
afterAll(() => delivery.stop());

function replicasOf(name: string): unknown {
  return dig(objectIn(delivery.host, 'deployment', name), 'spec', 'replicas');
}

/** Waits until all is in sync, while the pods that Deployments ask for become ready. */
async function settled(...deployments: readonly string[]): Promise<void> {
  const over = new AbortController();
  const kubelet = async (): Promise<void> => {
    while (!over.signal.aborted) {
      for (const name of deployments)
        if (objectIn(delivery.host, 'deployment', name) !== undefined) becomeReady(delivery.host, name);
      await wait(500);
    }
  };
  await Promise.all([delivery.settled().finally(() => over.abort()), kubelet()]);
}

test('a first revision has its floor before the route names it; an autoscaler that comes last holds no route', async () => {
  const { host } = delivery;
  await until('a Deployment', () => objectIn(host, 'deployment', 'web-v1'));
  expect(replicasOf('web-v1')).toBe(4);
  expect(routesIn(host, 'site')).toEqual([]);
  becomeReady(host, 'web-v1');
  await until('a route', () => (routesIn(host, 'site').length === 0 ? undefined : true));
  await until('an autoscaler', () => objectIn(host, 'horizontalpodautoscaler', 'web-v1'));
  expect(replicasOf('web-v1')).toBe(4);
});

test('judged by its floor, an autoscaler without metrics holds no route either, and comes before it', async () => {
  const { host } = delivery;
  const patch = ['patch', 'configmap', 'argocd-cm', '--namespace', 'argocd', '--type', 'merge', '--patch-file', health];
  host.kubectl(patch);
  await delivery.push({ 'appdeploy.yaml': config() });
  await settled('web-v1');
  expect(routesIn(host, 'site')).toEqual(['shop-v1 100']);
});

test('a new revision that takes all the traffic at once has its floor before the route names it', async () => {
  await delivery.push({
    'shop.yaml': shop('nginx:1.28'),
    'site.yaml': site({ 'shop-v1': [4, 0], 'shop-v2': [5, 100] }),
  });
  await until('the new Deployment', () => objectIn(delivery.host, 'deployment', 'web-v2'));
  expect(replicasOf('web-v2')).toBe(5);
  await until('its autoscaler', () => objectIn(delivery.host, 'horizontalpodautoscaler', 'web-v2'));
  expect(routesIn(delivery.host, 'site')).toEqual(['shop-v1 100']);
  await settled('web-v1', 'web-v2');
  expect(replicasOf('web-v2')).toBe(5);
  expect(routesIn(delivery.host, 'site')).toEqual(['shop-v1 0', 'shop-v2 100']);
});

test('a sync does not undo what an autoscaler decided', async () => {
  await delivery.push({ 'site.yaml': site({ 'shop-v1': [4, 0], 'shop-v2': [8, 100] }) });
  await until('the autoscaler’s work', () => (replicasOf('web-v2') === 8 ? true : undefined));
  await settled('web-v1', 'web-v2');
  await delivery.push({ 'site.yaml': site({ 'shop-v1': [4, 10], 'shop-v2': [5, 90] }) });
  await settled('web-v1', 'web-v2');
  expect(routesIn(delivery.host, 'site')).toEqual(['shop-v1 10', 'shop-v2 90']);
  expect(replicasOf('web-v2')).toBe(8);
});

test('a revision that was stopped comes back to its floor before the route names it, even if its Application changes first', async () => {
  const { host, repo } = delivery;
  await delivery.push({ 'site.yaml': site({ 'shop-v1': [0, 0], 'shop-v2': [5, 100] }) });
  await until('the end of its pods', () => (replicasOf('web-v1') === 0 ? true : undefined), 120);
  await settled('web-v1', 'web-v2');
  repo.write({ 'site.yaml': site({ 'shop-v1': [4, 100], 'shop-v2': [5, 0] }) });
  expect(await repo.appdeploy('render', '-q')).toMatchObject({ code: 0 });
  repo.git('add', 'rendered/argocd');
  repo.git('commit', '--quiet', '--message', 'Applications');
  await delivery.refresh();
  await until('an Application that ignores its replicas', () => (ignored().includes('web-v1') ? true : undefined));
  expect(replicasOf('web-v1')).toBe(0);
  await delivery.push({});
  await until('its floor', () => (replicasOf('web-v1') === 4 ? true : undefined), 120);
  expect(routesIn(host, 'site')).toEqual(['shop-v2 100']);
  await settled('web-v1', 'web-v2');
  expect(routesIn(host, 'site')).toEqual(['shop-v1 100', 'shop-v2 0']);
});

/** The Deployments whose replicas Applications ignore. */
function ignored(): string[] {
  const names = 'jsonpath={.items[*].spec.ignoreDifferences[*].name}';
  return delivery.host.kubectl(['get', 'applications', '--namespace', 'argocd', '--output', names]).split(' ');
}
