import { appDeployment, application, cluster, definition, on } from './documents.ts';
import { divided, edited, here, placed, shop, snapshot, type ProblemCase } from './problem-fixtures.ts';

/** An AppDeployment whose selector picks the only Cluster. */
const onEast = {
  'a.yaml': shop,
  'c.yaml': cluster('east', { tier: 'prod' }),
  'd.yaml': placed(undefined, 'shop-v1', [on({ labels: { tier: 'prod' } }, 1)]),
};

/** Problems of what is read, resolved and placed. */
export const inputCases = {
  INVALID_ENCODING: {
    files: {},
    afterwards: (repo) => Promise.resolve(repo.write({ 'a.yaml': Buffer.from(`${shop}# caf\xe9`, 'latin1') })),
    at: 'a.yaml:14:6',
  },
  INVALID_YAML: {
    files: { 'a.yaml': 'apiVersion: core.oam.dev/v1beta1\nkind: Application\nmetadata: [name\n' },
    at: 'a.yaml:4:1',
  },
  MERGE_MARKERS: {
    files: {
      'a.yaml': shop.replace(
        /( *)image: nginx\n/,
        '<<<<<<< HEAD\n$1image: nginx\n=======\n$1image: httpd\n>>>>>>> other\n',
      ),
    },
    at: 'a.yaml: ¦<<<<<<<',
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
  BUILT_IN_OVERRIDDEN: {
    files: { 'def.yaml': definition('TraitDefinition', 'scaler', 'patch: {}', {}, { namespace: 'vela-system' }) },
    at: 'def.yaml: name: ¦scaler',
  },
  REQUIRED_VERSION: {
    files: { 'appdeploy.yaml': 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nrequiredVersion: ">=9.0.0"\n' },
    at: 'appdeploy.yaml: ¦">=9.0.0"',
  },
  SNAPSHOT_CHANGED: {
    files: { 'a.yaml': shop },
    afterwards: edited(snapshot, 'image: nginx', 'image: httpd'),
    at: `${snapshot}: ¦apiVersion`,
  },
  SNAPSHOT_FORMAT: {
    files: { 'a.yaml': shop },
    afterwards: edited(snapshot, 'renderFormat: 2', 'renderFormat: 99'),
    at: `${snapshot}: renderFormat: ¦99`,
  },
  SNAPSHOT_EXISTS: {
    files: { 'a.yaml': shop },
    afterwards: async (repo) => {
      await repo.appdeploy('render', '-q');
      return repo.write({ 'live.txt': repo.read(snapshot).replace('image: nginx', 'image: httpd') });
    },
    command: ['revisions', 'import', '-f', 'live.txt'],
    at: 'live.txt: ¦apiVersion',
  },
  UNKNOWN_MAINLINE: {
    files: { 'a.yaml': shop },
    afterwards: async (repo) => {
      repo
        .commit()
        .write({ 'a.yaml': shop.replace('nginx', 'httpd') })
        .commit();
      return Promise.resolve(repo.cloneShallow());
    },
    at: 'a.yaml: ¦apiVersion',
  },
  UNVERIFIED_SNAPSHOTS: {
    files: { 'a.yaml': shop },
    afterwards: async (repo) => {
      await repo.appdeploy('render', '-q');
      const clone = repo.commit().cloneShallow();
      clone.git('checkout', '--quiet', '--detach');
      clone.git('branch', '--quiet', '--delete', 'main');
      clone.git('update-ref', '-d', 'refs/remotes/origin/HEAD');
      clone.git('update-ref', '-d', 'refs/remotes/origin/main');
      return clone;
    },
    at: `${snapshot}: ¦apiVersion`,
  },
  UNRECORDED_REVISION: {
    files: { 'a.yaml': shop, 'd.yaml': placed() },
    afterwards: (repo) => Promise.resolve(repo.write({ '.git': undefined })),
    command: ['generate', '--cluster', 'in-cluster'],
    at: 'a.yaml: ¦apiVersion',
  },
  UNPINNED_REVISION: {
    files: { 'a.yaml': shop, 'd.yaml': placed() },
    afterwards: (repo) => Promise.resolve(repo.commit()),
    command: ['generate', '--cluster', 'in-cluster'],
    // Found in the past state that it was derived from; the commit's id follows from its content.
    at: 'a.yaml:2:1@91df2278bf35',
  },
  UNRECORDED_PLACEMENT: {
    files: onEast,
    afterwards: async (repo) => {
      await repo.appdeploy('render', '-q');
      return repo.write({ 'c.yaml': cluster('west', { tier: 'prod' }) });
    },
    command: ['generate', '--cluster', 'west'],
    at: 'd.yaml: ¦clusterSelector',
  },
  REVISION_RENUMBERED: {
    files: { 'a.yaml': shop },
    afterwards: async (repo) => {
      await repo.appdeploy('render', '-q');
      repo.commit().git('checkout', '--quiet', '-b', 'mine');
      await repo.write({ 'a.yaml': shop.replace('nginx', 'caddy') }).appdeploy('render', '-q');
      repo.commit().git('checkout', '--quiet', 'main');
      await repo.write({ 'a.yaml': shop.replace('nginx', 'httpd') }).appdeploy('render', '-q');
      repo.commit().git('checkout', '--quiet', 'mine');
      return repo;
    },
    at: 'a.yaml: name: ¦shop',
  },
  MISPLACED_RECORD: {
    files: {
      'placements/default/shop.yaml':
        'apiVersion: appdeploy.dev/v1alpha1\nkind: PlacementRecord\nmetadata: {name: other}\nspec: {picks: []}\n',
    },
    at: 'placements/default/shop.yaml: ¦apiVersion',
  },
  PLACEMENT_MOVED: {
    files: onEast,
    afterwards: async (repo) => {
      await repo.appdeploy('render', '-q');
      return repo.write({ 'c.yaml': cluster('east') + cluster('west', { tier: 'prod' }) });
    },
    at: 'd.yaml: ¦clusterSelector',
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
} satisfies Record<string, ProblemCase>;
