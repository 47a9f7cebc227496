import type { ProblemCode } from '../../src/model/problem-codes.ts';
import { appDeployment, application, cluster, definition, gateway, on, target } from './documents.ts';
import type { Files, ScratchRepo } from './scratch-repo.ts';

/** The smallest input that gives a problem, and the place where it must be found. */
export interface ProblemCase {
  readonly files: Files;
  /** What happens after the files are there: commits, edits. */
  readonly then?: (repo: ScratchRepo) => Promise<ScratchRepo>;
  readonly command?: readonly string[];
  /** `file: text`, with ¦ before the place; or `file:line:column` as it stands. */
  readonly at: string;
  /** Which occurrence of the text; 0 is the first. */
  readonly nth?: number;
}

const here = [on(undefined, 1)];
const shop = application('shop');
const placed = (traffic?: object, revision = 'shop-v1', placement = here): string =>
  appDeployment('shop', { [revision]: placement }, traffic === undefined ? {} : { traffic });
const routed = (...rules: object[][]): object => ({
  hosts: ['shop.example.com'],
  http: rules.map((weightedTargets) => ({ weightedTargets })),
});
const withTrait = (type: string): string => application('shop', [{ name: 'web', traits: [{ type }] }]);
const output = (kind: string, rest: string): string => `outputs:\n  it:\n    kind: ${kind}\n${rest}`;
const snapshot = 'revisions/default/shop/shop-v1.yaml';
const api = { componentName: 'api' };

/** Applications a and b on clusters c1 and c2, behind the traffic of one AppDeployment. */
function twoApps(traffic: object, bOn: string[], aOn = ['c1', 'c2']): Files {
  const onEach = (names: string[]): object[] => names.map((name) => on(name, 1));
  const apps = application('a') + application('b', [{ name: 'api' }]);
  const deployment = appDeployment('shop', { 'a-v1': onEach(aOn), 'b-v1': onEach(bOn) }, { traffic });
  return { 'apps.yaml': apps, 'clusters.yaml': cluster('c1') + cluster('c2'), 'd.yaml': deployment };
}

/** Commits what render writes, and then changes one file. */
function edited(path: string, from: string, to: string): (repo: ScratchRepo) => Promise<ScratchRepo> {
  return async (repo) => {
    await repo.appdeploy('render', '-q');
    repo.commit();
    return repo.write({ [path]: repo.read(path).replace(from, to) });
  };
}

const ingress = [{ type: 'ingress', properties: { domain: 'shop.example.com', http: { '/': 80 } } }];
const loose = `output:
  apiVersion: apps/v1
  kind: Deployment
  spec:
    selector: { matchLabels: { app: shop } }
    template: { metadata: { labels: { app: shop } } }
`;
const divided = (weights: object): string =>
  placed(undefined, 'shop-v1', [on({ labels: { t: 'a' }, policy: 'All' }, 2, { type: 'Divided', weights })]);
const halves = routed([target('a-v1', 50), target('b-v1', 50, api)]);

/** One case for each code. */
export const problemCases: Readonly<Record<ProblemCode, ProblemCase>> = {
  INVALID_YAML: {
    files: { 'a.yaml': 'apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata: [name\n' },
    at: 'a.yaml:4:1',
  },
  DUPLICATE_KEY: {
    files: { 'a.yaml': 'apiVersion: core.oam.dev/v1beta1\nkind: Application\nkind: Cluster\n' },
    at: 'a.yaml: ¦kind: Cluster',
  },
  UNSUPPORTED_VERSION: {
    files: { 'a.yaml': shop.replace('v1beta1', 'v1alpha2') },
    at: 'a.yaml: ¦core.oam.dev/v1alpha2',
  },
  UNKNOWN_KIND: { files: { 'a.yaml': shop.replace('Application', 'Aplication') }, at: 'a.yaml: ¦Aplication' },
  UNKNOWN_FIELD: { files: { 'a.yaml': `${shop}  policies: []\n` }, at: 'a.yaml: ¦policies' },
  MISSING_FIELD: {
    files: { 'a.yaml': placed().replace(/distribution:\n\s+replicas: 1/, 'distribution: {}') },
    at: 'a.yaml: ¦{}',
  },
  WRONG_TYPE: {
    files: { 'a.yaml': application('shop', [{ name: 'web', properties: { image: 'nginx', port: '80' } }]) },
    at: 'a.yaml: ¦"80"',
  },
  INVALID_VALUE: {
    files: { 'a.yaml': shop, 'd.yaml': placed(undefined, 'shop-v1', [on({ name: 'c', policy: 'Some' }, 1)]) },
    at: 'd.yaml: ¦Some',
  },
  DUPLICATE_DOCUMENT: { files: { 'a.yaml': shop, 'b.yaml': shop }, at: 'b.yaml: name: ¦shop' },
  DUPLICATE_CLUSTER: {
    files: { 'a.yaml': cluster('prod'), 'b.yaml': cluster('prod', {}, { namespace: 'other' }) },
    at: 'b.yaml: name: ¦prod',
  },
  DUPLICATE_COMPONENT: {
    files: { 'a.yaml': application('shop', [{ name: 'web' }, { name: 'web' }]) },
    at: 'a.yaml: name: ¦web',
    nth: 1,
  },
  NAME_CLASH: {
    files: { 'a.yaml': application('shop', [{ name: 'web' }], { direct: true }), 'd.yaml': placed() },
    at: 'd.yaml: name: ¦shop',
  },
  MISPLACED_SNAPSHOT: { files: { [snapshot]: cluster('prod') }, at: `${snapshot}: ¦apiVersion` },
  REQUIRED_VERSION: {
    files: { 'appdeploy.yaml': 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nrequiredVersion: ">=9.0.0"\n' },
    at: 'appdeploy.yaml: ¦">=9.0.0"',
  },
  SNAPSHOT_CHANGED: {
    files: { 'a.yaml': shop },
    then: edited(snapshot, 'image: nginx', 'image: httpd'),
    at: `${snapshot}: app-revision-hash: ¦`,
  },
  SNAPSHOT_FORMAT: {
    files: { 'a.yaml': shop },
    then: edited(snapshot, 'renderFormat: 1', 'renderFormat: 99'),
    at: `${snapshot}: renderFormat: ¦99`,
  },
  SHALLOW_HISTORY: {
    files: { 'a.yaml': shop },
    then: async (repo) => {
      repo
        .commit()
        .write({ 'a.yaml': shop.replace('nginx', 'httpd') })
        .commit();
      return Promise.resolve(repo.cloneShallow());
    },
    at: 'a.yaml: ¦apiVersion',
  },
  UNKNOWN_REVISION: { files: { 'a.yaml': shop, 'd.yaml': placed(undefined, 'shop-v2') }, at: 'd.yaml: ¦shop-v2' },
  UNKNOWN_DEFINITION: {
    files: { 'a.yaml': application('shop', [{ name: 'web', type: 'webservic' }]) },
    at: 'a.yaml: ¦webservic',
  },
  UNKNOWN_CLUSTER: {
    files: { 'a.yaml': shop, 'd.yaml': placed(undefined, 'shop-v1', [on('prod', 1)]) },
    at: 'd.yaml: name: ¦prod',
  },
  NO_MATCHING_CLUSTER: {
    files: {
      'a.yaml': shop + cluster('test-1', { tier: 'test' }),
      'd.yaml': placed(undefined, 'shop-v1', [on({ labels: { tier: 'prod' } }, 1)]),
    },
    at: 'd.yaml: ¦clusterSelector',
  },
  EMPTY_SELECTOR: {
    files: { 'a.yaml': shop, 'd.yaml': placed(undefined, 'shop-v1', [on({ labels: {} }, 1)]) },
    at: 'd.yaml: ¦clusterSelector',
  },
  DUPLICATE_PLACEMENT: {
    files: { 'a.yaml': shop, 'd.yaml': placed(undefined, 'shop-v1', [on(undefined, 1), on(undefined, 1)]) },
    at: 'd.yaml: ¦distribution',
    nth: 1,
  },
  DUPLICATE_APP_REVISION: {
    files: {
      'a.yaml': shop,
      'd.yaml': appDeployment('shop', { 'shop-v1': here, 'shop-v2': here }).replace('shop-v2', 'shop-v1'),
    },
    at: 'd.yaml: ¦shop-v1',
    nth: 1,
  },
  INVALID_DISTRIBUTION: {
    files: { 'a.yaml': shop + cluster('c', { t: 'a' }), 'd.yaml': divided({ c: 0 }) },
    at: 'd.yaml: ¦weights',
  },
  UNUSED_WEIGHT: {
    files: { 'a.yaml': shop + cluster('c', { t: 'a' }), 'd.yaml': divided({ c: 1, prod: 1 }) },
    at: 'd.yaml: ¦prod',
  },
  INVALID_DEFINITION: {
    files: {
      'a.yaml': application('shop', [{ name: 'web', type: 'raw' }]),
      'def.yaml': definition('ComponentDefinition', 'raw', 'output:\n  kind: {{{parameter.kind}}}\n'),
    },
    at: 'def.yaml:11:1',
  },
  UNSUPPORTED_SCHEMATIC: {
    files: {
      'a.yaml': application('shop', [{ name: 'web', type: 'cued' }]),
      'def.yaml': definition('ComponentDefinition', 'cued', 'x').replace('handlebars:', 'cue:'),
    },
    at: 'def.yaml: ¦apiVersion',
  },
  TEMPLATE_FAILED: {
    files: {
      'a.yaml': application('shop', [{ name: 'web', type: 'odd' }]),
      'def.yaml': definition('ComponentDefinition', 'odd', 'deployment: {}\n'),
    },
    at: 'def.yaml: ¦template',
  },
  PATCH_CONFLICT: {
    files: {
      'a.yaml': application('shop', [
        { name: 'web', traits: [1, 2].map((replicas) => ({ type: 'scaler', properties: { replicas } })) },
      ]),
    },
    at: 'a.yaml: ¦type: scaler',
    nth: 1,
  },
  INVALID_NAME: {
    files: {
      'a.yaml': application('shop', [{ name: 'a-component-with-a-name-that-is-much-too-long-for-a-service' }]),
      'd.yaml': placed(
        routed([
          target('shop-v1', 100, { componentName: 'a-component-with-a-name-that-is-much-too-long-for-a-service' }),
        ]),
      ),
    },
    at: 'd.yaml: ¦revisionName',
  },
  UNSCALABLE_WORKLOAD: {
    files: { 'a.yaml': application('shop', [{ name: 'job', type: 'task' }]), 'd.yaml': placed() },
    at: 'a.yaml: ¦type: task',
  },
  OVERLAPPING_SELECTORS: {
    files: {
      'a.yaml': application('a', [{ name: 'web', type: 'loose' }]),
      'b.yaml': application('b', [{ name: 'api', type: 'loose' }]),
      'd.yaml': appDeployment('shop', { 'a-v1': here, 'b-v1': here }),
      'def.yaml': definition('ComponentDefinition', 'loose', loose),
    },
    at: 'b.yaml: ¦type: loose',
  },
  INGRESS_CONFLICT: {
    files: {
      'a.yaml': application('a', [{ name: 'web', traits: ingress }]),
      'b.yaml': application('b', [{ name: 'api', traits: ingress }]),
      'd.yaml': appDeployment('shop', { 'a-v1': here, 'b-v1': here }),
    },
    at: 'b.yaml: ¦type: ingress',
  },
  DUPLICATE_RESOURCE: {
    files: {
      'a.yaml': application('a', [{ name: 'web' }], { direct: true }),
      'b.yaml': application('b', [{ name: 'web' }], { direct: true }),
    },
    at: 'b.yaml: ¦type: webservice',
  },
  DIRECT_AND_PLACED: {
    files: {
      'a.yaml': application('hello', [{ name: 'web' }], { direct: true }),
      'd.yaml': placed(undefined, 'hello-v1'),
    },
    at: 'a.yaml: name: ¦hello',
  },
  AUTOSCALED: {
    files: {
      'a.yaml': withTrait('grows'),
      'd.yaml': placed(),
      'def.yaml': definition(
        'TraitDefinition',
        'grows',
        output(
          'HorizontalPodAutoscaler',
          '    apiVersion: autoscaling/v2\n    spec: { scaleTargetRef: { kind: Deployment, name: {{context.name}} } }\n',
        ),
      ),
    },
    at: 'a.yaml: ¦type: grows',
  },
  DATA_KEPT: {
    files: {
      'a.yaml': withTrait('disk'),
      'd.yaml': placed(),
      'def.yaml': definition('TraitDefinition', 'disk', output('PersistentVolumeClaim', '    apiVersion: v1\n')),
    },
    at: 'a.yaml: ¦type: disk',
  },
  WEIGHT_SUM: {
    files: { 'a.yaml': shop, 'd.yaml': placed(routed([target('shop-v1', 90)])) },
    at: 'd.yaml: ¦weightedTargets',
  },
  MISSING_WEIGHT: {
    files: {
      'a.yaml': shop,
      'd.yaml': placed(routed([target('shop-v1', 100), target('shop-v1', undefined, { port: 81 })])),
    },
    at: 'd.yaml: ¦revisionName',
    nth: 1,
  },
  DUPLICATE_TARGET: {
    files: { 'a.yaml': shop, 'd.yaml': placed(routed([target('shop-v1', 50), target('shop-v1', 50)])) },
    at: 'd.yaml: ¦revisionName',
    nth: 1,
  },
  UNKNOWN_TARGET: {
    files: { 'a.yaml': shop, 'd.yaml': placed(routed([target('shop-v9', 100)])) },
    at: 'd.yaml: ¦shop-v9',
  },
  IDLE_TARGET: {
    files: { 'a.yaml': shop, 'd.yaml': placed(routed([target('shop-v1', 100)]), 'shop-v1', [on(undefined, 0)]) },
    at: 'd.yaml: ¦shop-v1',
  },
  UNDECLARED_PORT: {
    files: { 'a.yaml': shop, 'd.yaml': placed(routed([target('shop-v1', 100, { port: 81 })])) },
    at: 'd.yaml: port: ¦81',
  },
  MISSING_TARGET: {
    files: {
      ...twoApps(halves, ['c1']),
      'appdeploy.yaml': 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\ntraffic: { missingTargets: Fail }\n',
    },
    at: 'd.yaml: ¦weightedTargets',
  },
  SHARE_RISES: { files: twoApps(halves, ['c1']), at: 'd.yaml: ¦weightedTargets' },
  PREWARMED: {
    files: twoApps(routed([target('a-v1', 100), target('b-v1', 0, api)]), ['c2'], ['c1']),
    at: 'd.yaml: ¦traffic',
  },
  PARTIAL_ROUTES: {
    files: twoApps(routed([target('a-v1', 100)], [target('b-v1', 100, api)]), ['c1']),
    at: 'd.yaml: ¦weightedTargets',
    nth: 1,
  },
  GATEWAY_NOT_SHARED: {
    files: {
      'a.yaml': application('a') + application('b', [{ name: 'api' }]) + gateway('public'),
      'd.yaml': appDeployment(
        'one',
        { 'a-v1': here },
        { traffic: { ...routed([target('a-v1')]), gateways: ['public'] } },
      ),
      'e.yaml': appDeployment(
        'two',
        { 'b-v1': here },
        { traffic: { ...routed([target('b-v1', 100, api)]), gateways: ['public'] } },
      ),
    },
    at: 'e.yaml: - ¦public',
  },
  PATH_COLLISION: {
    files: {
      'a.yaml': withTrait('odd'),
      'd.yaml': placed(),
      'def.yaml': definition(
        'TraitDefinition',
        'odd',
        'outputs:\n  a: { apiVersion: x.io/v1, kind: Istio, metadata: { name: system.gateway-x } }\n  b: { apiVersion: x.io/v1, kind: Gateway, metadata: { name: x, namespace: istio-system } }\n',
      ),
    },
    at: 'a.yaml: ¦type: odd',
  },
  FOREIGN_FILE: {
    files: {
      'a.yaml': shop,
      'd.yaml': placed(),
      'rendered/clusters/in-cluster/default/shop/deployment-web-v1.yaml': 'by: hand\n',
    },
    command: ['render'],
    at: 'rendered/clusters/in-cluster/default/shop/deployment-web-v1.yaml:1:1',
  },
  EMPTY_RESULT: {
    files: { 'a.yaml': shop, 'd.yaml': placed() },
    then: async (repo) => {
      await repo.appdeploy('render', '-q');
      return repo.commit().write({ 'd.yaml': undefined });
    },
    command: ['render'],
    at: 'rendered:1:1',
  },
  OUTPUT_FORMAT: {
    files: { 'a.yaml': shop, 'd.yaml': placed(), 'rendered/.appdeploy': '99\n' },
    command: ['render'],
    at: 'rendered/.appdeploy:1:1',
  },
};
