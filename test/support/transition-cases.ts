import type { DiffOptions } from '../../src/diff/report.ts';
import type { TransitionCode } from '../../src/diff/safety/transition-codes.ts';
import { appDeployment, application, type ComponentInput, cluster, definition, on, target } from './documents.ts';
import { plan, type Texts } from './memory-plan.ts';

/** Two states of a repo, and what is said of the way from one to the other. */
export interface TransitionCase {
  readonly before: Texts;
  readonly after: Texts;
  readonly options?: DiffOptions;
  /** `severity CODE: message` of every finding. */
  readonly says: readonly string[];
}

/** Two Applications, and an AppDeployment that places them with weights. */
const apps = application('a') + application('b', [{ name: 'api' }]);
const weighted = (a: number): object => ({
  hosts: ['x.example.com'],
  http: [{ weightedTargets: [target('a-v1', a), target('b-v1', 100 - a, { componentName: 'api' })] }],
});

/** Revisions with their replicas on clusters, and the weight of a-v1. */
function site(placed: Readonly<Record<string, Readonly<Record<string, number>>>>, weight?: number): Texts {
  const revisions = Object.fromEntries(
    Object.entries(placed).map(([name, clusters]) => [
      name,
      Object.entries(clusters).map(([where, replicas]) => on(where === 'host' ? undefined : where, replicas)),
    ]),
  );
  const traffic = weight === undefined ? {} : { traffic: weighted(weight) };
  return {
    'apps.yaml': apps + cluster('east') + cluster('west'),
    'site.yaml': appDeployment('site', revisions, traffic),
  };
}

/** One object as an Application gives it. */
function object(manifest: object): Texts {
  const component: ComponentInput = { name: 'it', type: 'k8s-objects', properties: { objects: [manifest] } };
  return { 'app.yaml': application('one', [component], { direct: true }) };
}

const job = (image: string): object => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'migrate' },
  spec: { backoffLimit: 2, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'migrate', image }] } } },
});

const shop = (image: string): string => application('shop', [{ name: 'web', properties: { image } }]);
const typed = (type: string, more: object = {}): string =>
  application('shop', [{ name: 'web', type, properties: { image: 'nginx', ...more } }]);
const api = (port: number): string =>
  definition(
    'ComponentDefinition',
    'api',
    `output:\n  apiVersion: v1\n  kind: Service\n  spec: {ports: [{port: ${port}}]}\n`,
  );

/** The snapshots that a render of these files would write. */
async function snapshots(files: Texts): Promise<Texts> {
  return Object.fromEntries((await plan(files)).records.writes);
}

const first = await snapshots({ 'shop.yaml': shop('nginx:1') });
const other = await snapshots({ 'shop.yaml': shop('nginx:other') });
const pinned = await snapshots({ 'shop.yaml': typed('api'), 'def.yaml': api(80) });
const plain = await snapshots({ 'shop.yaml': typed('webservice') });

/** A golden pair for each code. */
export const transitionCases: Readonly<Record<TransitionCode, readonly TransitionCase[]>> = {
  IMMUTABLE_FIELD: [
    {
      before: object(job('migrate:1')),
      after: object(job('migrate:2')),
      says: ['error IMMUTABLE_FIELD: Job migrate changes spec.template, which is immutable'],
    },
  ],
  STILL_ROUTED: [
    {
      before: site({ 'a-v1': { host: 1 }, 'b-v1': { host: 1 } }, 50),
      after: {
        ...site({ 'b-v1': { host: 1 } }),
        'site.yaml': appDeployment(
          'site',
          { 'b-v1': [on(undefined, 1)] },
          {
            traffic: {
              hosts: ['x.example.com'],
              http: [{ weightedTargets: [target('b-v1', 100, { componentName: 'api' })] }],
            },
          },
        ),
      },
      says: ['error STILL_ROUTED: a-v1 is removed while it still has weight 50'],
    },
  ],
  CAPACITY_FLOOR: [
    {
      before: site({ 'a-v1': { east: 6, west: 4 }, 'b-v1': { east: 4 } }),
      after: site({ 'a-v1': { east: 3, west: 4 }, 'b-v1': { east: 4 } }),
      options: { minCapacity: 0.8 },
      says: ['error CAPACITY_FLOOR: the replicas of the whole cluster fall from 10 to 7, below 80%'],
    },
    {
      before: site({ 'a-v1': { east: 6 }, 'b-v1': { east: 4 } }),
      after: site({ 'a-v1': { east: 2 }, 'b-v1': { east: 6 } }),
      options: { minCapacity: 0.8 },
      says: [],
    },
  ],
  WEIGHT_BEFORE_CAPACITY: [
    {
      before: site({ 'a-v1': { host: 4 }, 'b-v1': { host: 1 } }, 90),
      after: site({ 'a-v1': { host: 4 }, 'b-v1': { host: 4 } }, 50),
      says: ['warning WEIGHT_BEFORE_CAPACITY: b-v1 goes from 1 to 4 replicas while its weight goes from 10 to 50'],
    },
    {
      before: site({ 'a-v1': { host: 4 } }),
      after: site({ 'a-v1': { host: 4 }, 'b-v1': { host: 4 } }, 50),
      says: [],
    },
  ],
  DRAINED_TOO_SOON: [
    {
      before: site({ 'a-v1': { host: 5 }, 'b-v1': { host: 2 } }, 50),
      after: site({ 'a-v1': { host: 1 }, 'b-v1': { host: 2 } }, 0),
      says: ['warning DRAINED_TOO_SOON: a-v1 goes from 5 to 1 replicas while its weight goes from 50 to 0'],
    },
  ],
  WORKLOAD_MOVED: [
    {
      before: site({ 'a-v1': { east: 2 } }),
      after: site({ 'a-v1': { west: 2 } }),
      says: ['warning WORKLOAD_MOVED: a-v1 moves from east to west in one change'],
    },
    { before: site({ 'a-v1': { east: 2 } }), after: site({ 'a-v1': { east: 2, west: 2 } }), says: [] },
  ],
  TRAFFIC_AND_REVISIONS_REMOVED: [
    {
      before: site({ 'a-v1': { host: 1 }, 'b-v1': { host: 1 } }, 100),
      after: site({ 'b-v1': { host: 1 } }),
      says: ['warning TRAFFIC_AND_REVISIONS_REMOVED: a-v1 is removed together with the routes that give it weight 100'],
    },
  ],
  SNAPSHOT_TOUCHED: [
    {
      before: { 'shop.yaml': shop('nginx:1'), ...first },
      after: { 'shop.yaml': shop('nginx:other'), ...other },
      says: ['error SNAPSHOT_TOUCHED: the published snapshot of shop-v1 has another content'],
    },
  ],
  SNAPSHOT_REMOVED: [
    {
      before: { ...first },
      after: {},
      says: ['note SNAPSHOT_REMOVED: the snapshot of shop-v1 is removed'],
    },
  ],
  DEFINITION_EDITED: [
    {
      before: { 'shop.yaml': typed('api'), 'def.yaml': api(80), ...pinned },
      after: { 'shop.yaml': typed('api'), 'def.yaml': api(81), ...pinned },
      says: [
        'note DEFINITION_EDITED: ComponentDefinition default/api is edited and reaches no revision: shop-v1 keeps what it was cut with; `appdeploy revisions cut` takes it up for default/shop',
      ],
    },
    {
      before: { 'shop.yaml': typed('api'), 'def.yaml': api(80), ...pinned },
      after: { 'shop.yaml': typed('api', { new: true }), 'def.yaml': api(81), ...pinned },
      says: [
        'note DEFINITION_EDITED: ComponentDefinition default/api is edited and reaches shop-v2: shop-v1 keeps what it was cut with',
      ],
    },
    {
      before: { 'def.yaml': api(80) },
      after: { 'def.yaml': api(81) },
      says: ['note DEFINITION_EDITED: ComponentDefinition default/api is edited and reaches no revision: none uses it'],
    },
    {
      before: { 'shop.yaml': typed('api'), 'def.yaml': api(80), ...pinned },
      after: {
        'shop.yaml': typed('api'),
        'def.yaml': api(80),
        'system.yaml': api(81).replace('name: api', 'name: api\n  namespace: vela-system'),
        ...pinned,
      },
      says: [],
    },
    {
      before: { 'shop.yaml': typed('webservice'), ...plain },
      after: {
        'shop.yaml': typed('webservice'),
        'def.yaml': api(80).replaceAll('name: api', 'name: webservice'),
        ...plain,
      },
      says: [
        'note DEFINITION_EDITED: ComponentDefinition default/webservice is added and reaches no revision: shop-v1 keeps what it was cut with; `appdeploy revisions cut` takes it up for default/shop',
      ],
    },
  ],
};
