import { appDeployment, application, definition, gateway, on, target } from './documents.ts';
import {
  api,
  halves,
  here,
  ingress,
  loose,
  output,
  placed,
  routed,
  shop,
  twoApps,
  withTrait,
  type ProblemCase,
} from './problem-fixtures.ts';

/** Problems of what is rendered, routed and written. */
export const outputCases = {
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
      'def.yaml': definition('ComponentDefinition', 'cued', 'x').replace(/schematic:[\s\S]*/, 'workload: {}\n'),
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
  KUBERNETES_VERSION_ASSUMED: {
    files: {
      'a.yaml': withTrait('dated'),
      'd.yaml': placed(),
      'def.yaml': definition(
        'TraitDefinition',
        'dated',
        output('ConfigMap', '    apiVersion: v1\n    data: { minor: {{concat context.clusterVersion.minor}} }\n'),
      ),
    },
    at: 'a.yaml: ¦type: webservice',
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
  REPLICAS_ABOVE_MAX: {
    files: {
      'a.yaml': application('shop', [{ name: 'web', traits: [{ type: 'hpa', properties: { max: 3 } }] }]),
      'd.yaml': appDeployment('it', { 'shop-v1': [on(undefined, 4)] }),
    },
    at: 'd.yaml: - ¦distribution:',
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
    afterwards: async (repo) => {
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
} satisfies Record<string, ProblemCase>;
