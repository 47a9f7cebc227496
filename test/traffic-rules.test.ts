import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { appDeployment, application, gateway, on, target } from './support/documents.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

const here = [on(undefined, 1)];
const folder = 'rendered/clusters/in-cluster/default/shop';
const half = [target('shop-v1', 60, { port: 8080 }), target('shop-v2', 40)];

/** A repo where shop has the revisions v1, on port 8080, and v2, on port 80; then these documents. */
async function repoWith(text: string, config = ''): Promise<ScratchRepo> {
  const web = (port: number): string => application('shop', [{ name: 'web', properties: { image: 'nginx', port } }]);
  const repo = new ScratchRepo({ git: false }).write({ 'shop.yaml': web(8080) });
  await repo.appdeploy('render', '-q');
  const settings = `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\n${config}`;
  return repo.write({ 'shop.yaml': web(80), 'all.yaml': text, 'appdeploy.yaml': settings });
}

/** AppDeployment `shop` of both revisions on the host cluster. */
function routed(traffic: object): string {
  const places = { 'shop-v1': here, 'shop-v2': here };
  return appDeployment('shop', places, { traffic: { hosts: ['x.example.com'], ...traffic } });
}

async function rendered(text: string, config?: string): Promise<ScratchRepo> {
  const repo = await repoWith(text, config);
  const { code, stderr } = await repo.appdeploy('render');
  expect([code, stderr]).toEqual([0, '']);
  return repo;
}

async function told(text: string): Promise<[number, string]> {
  const { code, stderr } = await (await repoWith(text)).appdeploy('render');
  return [code, stderr];
}

function read(repo: ScratchRepo, name: string): unknown {
  return parse(repo.read(`${folder}/${name}.yaml`));
}

function namesOf(repo: ScratchRepo, kind: string): string[] {
  const start = `${folder}/${kind}-`;
  return Object.keys(repo.files(folder)).flatMap((path) =>
    path.startsWith(start) ? path.slice(start.length, -5) : [],
  );
}

test('each target gets a Service of its own revision, with a port named for HTTP', async () => {
  const repo = await rendered(routed({ http: [{ weightedTargets: half }] }));
  expect(namesOf(repo, 'service')).toEqual(['shop-v1-web-8080', 'shop-v2-web-80']);
  const identity = { 'app.oam.dev/component': 'web', 'app.oam.dev/appRevision': 'shop-v1' };
  expect(read(repo, 'service-shop-v1-web-8080')).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'shop-v1-web-8080',
      namespace: 'default',
      labels: { 'app.oam.dev/name': 'shop', ...identity, 'app.oam.dev/appDeployment': 'shop' },
    },
    spec: {
      selector: identity,
      ports: [{ name: 'http', appProtocol: 'http', protocol: 'TCP', port: 8080, targetPort: 8080 }],
    },
  });
});

test('the selector of a Service takes the pods of its revision, and of no other', async () => {
  const repo = await rendered(routed({ http: [{ weightedTargets: half }] }));
  const { spec } = read(repo, 'service-shop-v1-web-8080') as { spec: { selector: object } };
  const pods = { spec: { template: { metadata: { labels: spec.selector } } } };
  expect(read(repo, 'deployment-web-v1')).toMatchObject(pods);
  expect(read(repo, 'deployment-web-v2')).not.toMatchObject(pods);
});

test('two rules to one target share its Service', async () => {
  const http = [
    { match: [{ uri: { prefix: '/a' } }], weightedTargets: [target('shop-v2')] },
    { weightedTargets: [target('shop-v2')] },
  ];
  expect(namesOf(await rendered(routed({ http })), 'service')).toEqual(['shop-v2-web-80']);
});

const passedThrough = {
  name: 'checkout',
  match: [
    {
      uri: { prefix: '/checkout' },
      method: { exact: 'POST' },
      headers: { 'x-beta': { exact: 'yes' } },
      withoutHeaders: { 'x-bot': { regex: '.*' } },
      queryParams: { q: { exact: '1' } },
      sourceLabels: { app: 'front' },
      gateways: ['public'],
      ignoreUriCase: true,
    },
    { authority: { exact: 'x.example.com' }, scheme: { exact: 'https' }, port: 443 },
  ],
  timeout: '1h1.5s',
  retries: { attempts: 3, perTryTimeout: '250ms', retryOn: '5xx,reset' },
  rewrite: { uri: '/', authority: 'inner' },
  headers: { request: { set: { a: 'b' }, add: { c: 'd' }, remove: ['e'] }, response: { remove: ['server'] } },
  mirror: { host: 'shadow.default.svc.cluster.local', port: { number: 80 }, subset: 's' },
  mirrorPercentage: { value: 0.5 },
  corsPolicy: { allowOrigins: [{ regex: 'https://.*' }], allowHeaders: ['x'], exposeHeaders: ['y'], maxAge: '24h' },
  fault: { delay: { fixedDelay: '5s', percentage: { value: 1 } }, abort: { httpStatus: 500 } },
};

test('match and the other fields of a rule pass through as they are', async () => {
  const repo = await rendered(routed({ http: [{ ...passedThrough, weightedTargets: half }] }));
  const route = [
    { destination: { host: 'shop-v1-web-8080', port: { number: 8080 } }, weight: 60 },
    { destination: { host: 'shop-v2-web-80', port: { number: 80 } }, weight: 40 },
  ];
  expect(read(repo, 'virtualservice-shop')).toEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: {
      name: 'shop',
      namespace: 'default',
      labels: { 'app.oam.dev/appDeployment': 'shop' },
      annotations: { 'argocd.argoproj.io/sync-wave': '1' },
    },
    spec: { hosts: ['x.example.com'], http: [{ ...passedThrough, route }] },
  });
});

test('a field that Istio does not have is refused at its line', async () => {
  const [code, stderr] = await told(routed({ http: [{ timeOut: '5s', weightedTargets: half }] }));
  expect(code).toBe(1);
  expect(stderr).toMatch(/^all\.yaml:\d+:9: error UNKNOWN_FIELD/);
});

test('rules keep their order, since Istio takes the first that matches', async () => {
  const rule = (prefix: string): object => ({ match: [{ uri: { prefix } }], weightedTargets: [target('shop-v2')] });
  const repo = await rendered(routed({ http: [rule('/z'), rule('/a'), rule('/m')] }));
  const prefixes = repo.read(`${folder}/virtualservice-shop.yaml`).match(/prefix: \S+/g);
  expect(prefixes).toEqual(['prefix: /z', 'prefix: /a', 'prefix: /m']);
});

test('a single target may omit its weight, one of several may not', async () => {
  const repo = await rendered(routed({ http: [{ weightedTargets: [target('shop-v2')] }] }));
  expect(repo.read(`${folder}/virtualservice-shop.yaml`)).toContain('weight: 100\n');
  const [code, stderr] = await told(
    routed({ http: [{ weightedTargets: [target('shop-v1', 100, { port: 8080 }), target('shop-v2')] }] }),
  );
  expect([code, stderr]).toEqual([1, expect.stringContaining('error MISSING_WEIGHT: shop-v2 has no weight')]);
});

test.each([
  [[target('shop-v1', 60, { port: 8080 }), target('shop-v2', 41)], 101],
  [[target('shop-v2', 50)], 50],
  [[target('shop-v2', 0)], 0],
])('weights that do not sum to 100 are refused, of a single target too: case %#', async (weightedTargets, sum) => {
  const [code, stderr] = await told(routed({ http: [{ weightedTargets }] }));
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^all\\.yaml:\\d+:9: error WEIGHT_SUM: .* sum to ${sum}; expected 100`));
});

test('a target that runs nowhere, or with 0 replicas everywhere, is refused', async () => {
  const traffic = { hosts: ['x.example.com'], http: [{ weightedTargets: half }] };
  const [, absent] = await told(appDeployment('shop', { 'shop-v1': here }, { traffic }));
  expect(absent).toContain('error UNKNOWN_TARGET: shop-v2 is not placed by this AppDeployment');
  const [, idle] = await told(appDeployment('shop', { 'shop-v1': here, 'shop-v2': [on(undefined, 0)] }, { traffic }));
  expect(idle).toContain('error IDLE_TARGET: shop-v2 has weight 40, but 0 replicas on every cluster');
  const wrong = [{ weightedTargets: [target('shop-v2', 100, { componentName: 'wbe' })] }];
  expect((await told(routed({ http: wrong })))[1]).toContain('error UNKNOWN_TARGET: shop-v2 has no component wbe');
});

test('a port that the component does not declare is a warning', async () => {
  const [code, stderr] = await told(routed({ http: [{ weightedTargets: [target('shop-v1', 100, { port: 80 })] }] }));
  expect(code).toBe(0);
  expect(stderr).toContain('warning UNDECLARED_PORT: component web of shop-v1 does not declare port 80');
  expect(stderr).toContain('It declares 8080.');
});

test.each([
  ['', 'networking.istio.io/v1'],
  ['traffic: { istioVersion: v1beta1 }\n', 'networking.istio.io/v1beta1'],
])('with config %j, VirtualService and Gateway are %s', async (config, version) => {
  const text = routed({ gateways: ['public'], http: [{ weightedTargets: half }] }) + gateway('public');
  const repo = await rendered(text, config);
  const objects = ['virtualservice-shop', 'gateway-public'].map((name) => read(repo, name));
  expect(objects).toMatchObject([{ apiVersion: version }, { apiVersion: version }]);
});
