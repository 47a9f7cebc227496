import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { appDeployment, application, cluster, definition, gateway, on, target } from './support/documents.ts';
import { type Outcome, ScratchRepo } from './support/scratch-repo.ts';

const apps = ['shop', 'cart'].map((name) => application(name, [{ name }])).join('');
const clusters = cluster('c1') + cluster('c2');

/** An AppDeployment of the Application of its name on c1, or elsewhere, routed as `traffic` says. */
function routed(name: string, traffic: object, places: readonly object[] = [on('c1', 1)]): string {
  const http = [{ weightedTargets: [target(`${name}-v1`, 100, { componentName: name })] }];
  return appDeployment(name, { [`${name}-v1`]: places }, { traffic: { hosts: ['x.example.com'], http, ...traffic } });
}

async function outcomeOf(text: string): Promise<Outcome & { repo: ScratchRepo }> {
  const repo = new ScratchRepo({ git: false }).write({ 'all.yaml': apps + clusters + text });
  return { ...(await repo.appdeploy('render', '-q')), repo };
}

/** The paths below rendered/clusters/ that hold an object of a kind. */
async function paths(text: string, kind: string): Promise<string[]> {
  const { repo, code, stderr } = await outcomeOf(text);
  expect([code, stderr]).toEqual([0, '']);
  const start = 'rendered/clusters/';
  return Object.keys(repo.files(start))
    .map((path) => path.slice(start.length))
    .filter((path) => path.includes(`/${kind}-`));
}

test('a Gateway of the repo is rendered beside the VirtualService, on every cluster that has one', async () => {
  const text = routed('shop', { gateways: ['public'] }, [on('c1', 1), on('c2', 1)]);
  expect(await paths(text + gateway('public') + gateway('unused'), 'gateway')).toEqual([
    'c1/default/shop/gateway-public.yaml',
    'c2/default/shop/gateway-public.yaml',
  ]);
});

test('a Gateway does not follow to a cluster that is only pre-warmed', async () => {
  const weightedTargets = [
    target('shop-v1', 100, { componentName: 'shop' }),
    target('cart-v1', 0, { componentName: 'cart' }),
  ];
  const traffic = { hosts: ['x.example.com'], gateways: ['public'], http: [{ weightedTargets }] };
  const places = { 'shop-v1': [on('c1', 1)], 'cart-v1': [on('c2', 1)] };
  expect(await paths(appDeployment('all', places, { traffic }) + gateway('public'), 'gateway')).toEqual([
    'c1/default/all/gateway-public.yaml',
  ]);
});

test('its spec, labels and annotations are the document’s, and the VirtualService names it as written', async () => {
  const meta = { namespace: 'istio-system', labels: { team: 'net' }, annotations: { note: 'on' } };
  const { repo } = await outcomeOf(routed('shop', { gateways: ['istio-system/public'] }) + gateway('public', meta));
  expect(parse(repo.read('rendered/clusters/c1/default/shop/istio-system.gateway-public.yaml'))).toEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'public', ...meta, annotations: { note: 'on', 'argocd.argoproj.io/sync-wave': '1' } },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
    },
  });
  expect(parse(repo.read('rendered/clusters/c1/default/shop/virtualservice-shop.yaml'))).toMatchObject({
    spec: { gateways: ['istio-system/public'] },
  });
});

test('a Gateway of another namespace is not meant by its name alone, and is taken to be in the cluster', async () => {
  const elsewhere = gateway('public', { namespace: 'istio-system' });
  expect(await paths(routed('shop', { gateways: ['public'] }) + elsewhere, 'gateway')).toEqual([]);
});

const twice = routed('shop', { gateways: ['public'] }) + routed('cart', { gateways: ['public'] });
const shared = { 'appdeploy.dev/shared': 'true' };

test('a Gateway of two AppDeployments on one cluster must be shared, and then is there once', async () => {
  const { code, stderr } = await outcomeOf(twice + gateway('public'));
  expect(code).toBe(1);
  expect(stderr).toMatch(/^all\.yaml:\d+:\d+: error GATEWAY_NOT_SHARED: Gateway public is used on c1 by /);
  expect(await paths(twice + gateway('public', { annotations: shared }), 'gateway')).toEqual([
    'c1/default/_shared/gateway-public.yaml',
  ]);
  const far = gateway('public', { namespace: 'net', annotations: shared });
  expect(await paths(twice.replaceAll('- public', '- net/public') + far, 'gateway')).toEqual([
    'c1/net/_shared/gateway-public.yaml',
  ]);
});

test('a Gateway of two AppDeployments on different clusters need not be shared', async () => {
  const text = routed('shop', { gateways: ['public'] }) + routed('cart', { gateways: ['public'] }, [on('c2', 1)]);
  expect(await paths(text + gateway('public'), 'gateway')).toEqual([
    'c1/default/shop/gateway-public.yaml',
    'c2/default/cart/gateway-public.yaml',
  ]);
});

test('a host inside the mesh gets a Service over the component’s label', async () => {
  const { repo } = await outcomeOf(routed('shop', { hosts: ['front'] }));
  const component = { 'app.oam.dev/component': 'shop' };
  expect(parse(repo.read('rendered/clusters/c1/default/shop/service-front.yaml'))).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'front',
      namespace: 'default',
      labels: { ...component, 'app.oam.dev/appDeployment': 'shop' },
    },
    spec: {
      selector: component,
      ports: [{ name: 'http-80', appProtocol: 'http', protocol: 'TCP', port: 80, targetPort: 80 }],
    },
  });
});

test.each([
  [['front'], undefined, ['front']],
  [['front.default.svc'], ['mesh', 'public'], ['front']],
  [['front.default.svc.cluster.local', 'front'], undefined, ['front']],
  [['front'], ['public'], []],
  [['front.other.svc'], undefined, []],
  [['front.example.com', '*.default.svc'], undefined, []],
])('hosts %j with gateways %j get the Services %j', async (hosts, gateways, expected) => {
  const text = routed('shop', { hosts, ...(gateways === undefined ? {} : { gateways }) });
  expect(await paths(text, 'service')).toEqual(
    [...expected, 'shop-v1-shop-80'].map((name) => `c1/default/shop/service-${name}.yaml`),
  );
});

test('a host whose Service the repo has gets none', async () => {
  const service = (namespace: string): string =>
    `---\n{ apiVersion: v1, kind: Service, metadata: { name: front, namespace: ${namespace} } }\n`;
  const text = routed('shop', { hosts: ['front'] });
  const own = 'c1/default/shop/service-shop-v1-shop-80.yaml';
  expect(await paths(text + service('default'), 'service')).toEqual([own]);
  expect(await paths(text + service('other'), 'service')).toEqual(['c1/default/shop/service-front.yaml', own]);
});

test('a host whose Service a component emits gets none', async () => {
  const front = 'outputs:\n  front: { apiVersion: v1, kind: Service, metadata: { name: front }, spec: {} }\n';
  const text =
    definition('TraitDefinition', 'front', front) +
    application('till', [{ name: 'till', traits: [{ type: 'front' }] }]) +
    routed('till', { hosts: ['front-v1'] });
  const { repo } = await outcomeOf(text);
  expect(repo.read('rendered/clusters/c1/default/till/service-front-v1.yaml')).toContain('trait.oam.dev/type: front');
});
