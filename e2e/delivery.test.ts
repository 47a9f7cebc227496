import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dig } from '../src/model/plain.ts';
import { application, appDeployment, cluster, on, target } from '../test/support/documents.ts';
import { becomeReady, type Delivery, objectIn, routesIn, startDelivery } from './support/delivery.ts';
import { until } from './support/processes.ts';

let delivery: Delivery;

/** Revisions of shop with their weights, each on both clusters. */
function site(weights: Readonly<Record<string, number>>): string {
  const placed = Object.keys(weights).map((name) => [name, [on(undefined, 1), on('east', 2)]] as const);
  const weightedTargets = Object.entries(weights).map(([name, weight]) => target(name, weight));
  const traffic = { hosts: ['shop.example.com'], http: [{ weightedTargets }] };
  return appDeployment('site', Object.fromEntries(placed), { traffic });
}

const config = (more = ''): string =>
  `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nargocd: {repoURL: "file://${delivery.repo.root}"}\n${more}`;
const shop = (image: string): string => application('shop', [{ name: 'web', properties: { image } }]);

beforeAll(async () => {
  delivery = await startDelivery();
  await delivery.push({
    'appdeploy.yaml': config(),
    'clusters.yaml': cluster('east'),
    'shop.yaml': shop('nginx:1.27'),
    'site.yaml': site({ 'shop-v1': 100 }),
  });
  await delivery.introduceEast();
});
afterAll(() => delivery.stop());

/** Waits for a Deployment on both clusters, and lets it become ready there. */
async function ready(name: string): Promise<void> {
  for (const where of [delivery.host, delivery.east]) {
    await until(`Deployment ${name}`, () => objectIn(where, 'deployment', name));
    becomeReady(where, name);
  }
}

/** What is done to the objects of a revision, and to the routes: a new one has another uid, a changed one another generation. */
function identities(deployment: string): unknown {
  return [delivery.host, delivery.east].map((where) =>
    [objectIn(where, 'deployment', deployment), objectIn(where, 'virtualservice', 'site')].map((object) => [
      dig(object, 'metadata', 'uid'),
      dig(object, 'metadata', 'generation'),
    ]),
  );
}

/** Applies a root Application, and waits until all use the plugin, or none. */
async function goOver(...options: readonly string[]): Promise<void> {
  await delivery.apply('argocd', 'bootstrap', ...options);
  const wanted = options.length === 0 ? '' : 'appdeploy appdeploy appdeploy';
  await until('Applications with another source', async () => {
    await delivery.refresh();
    const plugin = 'jsonpath={.items[*].spec.source.plugin.name}';
    const names = delivery.host.kubectl(['get', 'applications', '--namespace', 'argocd', '--output', plugin]);
    return names === wanted ? true : undefined;
  });
  await delivery.settled();
}

describe('Argo CD', () => {
  test('deploys the committed output to both clusters, the routes when what they lead to is ready', async () => {
    const { host, east } = delivery;
    await delivery.apply('argocd', 'bootstrap');
    await until('a Deployment on east', () => objectIn(east, 'deployment', 'web-v1'));
    expect(dig(objectIn(east, 'deployment', 'web-v1'), 'spec', 'replicas')).toBe(2);
    expect(routesIn(east, 'site')).toEqual([]);
    await ready('web-v1');
    await delivery.settled();
    for (const where of [host, east]) expect(routesIn(where, 'site')).toEqual(['shop-v1 100']);
  });

  test('moves weight to a new revision when its capacity is there, and not before', async () => {
    const { host, east } = delivery;
    await delivery.push({ 'shop.yaml': shop('nginx:1.28'), 'site.yaml': site({ 'shop-v1': 50, 'shop-v2': 50 }) });
    await until('the new revision on east', () => objectIn(east, 'deployment', 'web-v2'));
    expect(routesIn(east, 'site')).toEqual(['shop-v1 100']);
    await ready('web-v2');
    await delivery.settled();
    for (const where of [host, east]) expect(routesIn(where, 'site')).toEqual(['shop-v1 50', 'shop-v2 50']);
  });

  test('removes a revision after its routes', async () => {
    const { host, east } = delivery;
    await delivery.push({ 'site.yaml': site({ 'shop-v2': 100 }) });
    for (const where of [host, east]) {
      await until('the end of v1', () => (objectIn(where, 'deployment', 'web-v1') === undefined ? true : undefined));
      expect(routesIn(where, 'site')).toEqual(['shop-v2 100']);
    }
    await delivery.settled();
  });
});

describe('the plugin', () => {
  test('in place of the committed output changes no object', async () => {
    const before = identities('web-v2');
    await goOver('--plugin');
    expect(identities('web-v2')).toEqual(before);
  });

  test('renders what nobody has rendered', async () => {
    const { host, east } = delivery;
    await delivery.push({ 'site.yaml': site({ 'shop-v2': 90, 'shop-v1': 10 }) }, { render: false });
    await ready('web-v1');
    await delivery.settled();
    for (const where of [host, east]) expect(routesIn(where, 'site')).toEqual(['shop-v2 90', 'shop-v1 10']);
  });

  test('tells Argo CD’s users what is wrong and where, and changes nothing', async () => {
    const { east } = delivery;
    await delivery.push({ 'site.yaml': site({ 'shop-v2': 90, 'shop-v1': 20 }) }, { render: false });
    await until('a condition', () => (delivery.conditions('east') === '' ? undefined : true));
    expect(delivery.conditions('east')).toMatch(/site\.yaml:\d+:\d+: error WEIGHT_SUM/);
    expect(routesIn(east, 'site')).toEqual(['shop-v2 90', 'shop-v1 10']);
  });

  test('with the committed output as a condition refuses what is not rendered', async () => {
    await delivery.push({ 'site.yaml': site({ 'shop-v2': 90, 'shop-v1': 10 }) });
    await goOver('--plugin', '--require-committed');
    await delivery.push({ 'site.yaml': site({ 'shop-v2': 80, 'shop-v1': 20 }) }, { render: false });
    await until('a condition', () => (delivery.conditions('east') === '' ? undefined : true));
    expect(delivery.conditions('east')).toContain('NOT_COMMITTED');
    expect(routesIn(delivery.east, 'site')).toEqual(['shop-v2 90', 'shop-v1 10']);
  });

  test('gives way to the committed output again, which changes what was not applied and nothing else', async () => {
    const { host, east } = delivery;
    const uids = (): unknown =>
      [host, east].map((where) => dig(objectIn(where, 'deployment', 'web-v1'), 'metadata', 'uid'));
    const before = uids();
    await delivery.push({});
    await goOver();
    expect(routesIn(east, 'site')).toEqual(['shop-v2 80', 'shop-v1 20']);
    expect(uids()).toEqual(before);
  });
});

test('an AppDeployment that goes takes everything along', async () => {
  const { host, east } = delivery;
  await delivery.push({ 'appdeploy.yaml': config('allowEmpty: true\n'), 'site.yaml': undefined });
  for (const where of [host, east])
    for (const [kind, name] of [
      ['deployment', 'web-v1'],
      ['deployment', 'web-v2'],
      ['virtualservice', 'site'],
      ['service', 'shop-v1-web-80'],
    ] as const)
      await until(`the end of ${kind} ${name}`, () => (objectIn(where, kind, name) === undefined ? true : undefined));
});
