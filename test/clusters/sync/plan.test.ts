import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { liveApplication, liveCluster, liveSecret, keyOf, type Observed } from '../../../src/clusters/sync/live.ts';
import { ownerOf } from '../../../src/clusters/sync/ownership.ts';
import { planSync, type Step } from '../../../src/clusters/sync/plan.ts';
import { isPlainObject } from '../../../src/model/plain.ts';
import { stepText } from '../../../src/report/cluster-sync.ts';
import { hubApplication, hubCluster, hubSecret } from '../../support/hub-api.ts';
import { kubeconfig } from '../../support/kubeconfigs.ts';

const scope = { namespace: 'argocd', clusterNamespaces: ['default'] };
const now = new Date('2026-01-01');
const names = ['east', 'west', 'north'];
const canary = 'canary-4f1d9c';

/** What stands at the API server, as objects. */
interface World {
  readonly clusters: readonly object[];
  /** By the Cluster's name: its kubeconfig, or text that is none. */
  readonly kubeconfigs: Readonly<Record<string, string>>;
  readonly secrets: readonly object[];
  readonly applications: readonly object[];
}

const serverOf = (name: string): string => `https://${name}.example.com:6443`;
const good = (name: string, word = ''): string =>
  kubeconfig({ cluster: { server: serverOf(name) }, user: { token: `${canary}${word}` } });

function observed({ clusters, kubeconfigs, secrets, applications }: World): Observed {
  const sources = Object.entries(kubeconfigs).map(([name, config]) => {
    const secret = hubSecret(`kubeconfig-${name}`, { config }, { namespace: 'default' });
    return [`default/kubeconfig-${name}`, isPlainObject(secret) ? secret : {}] as const;
  });
  return {
    clusters: clusters.map(liveCluster),
    kubeconfigs: new Map(sources),
    unread: new Set(),
    secrets: secrets.map(liveSecret),
    applications: applications.map(liveApplication),
  };
}

/** What stands when the steps are carried out. */
function carriedOut(world: World, steps: readonly Step[]): World {
  const written = steps.flatMap((step) => ('object' in step ? [step.object] : []));
  const touched = new Set(steps.filter(({ action }) => action !== 'keep').map(({ name }) => name));
  return {
    ...world,
    secrets: [...world.secrets.filter((secret) => !touched.has(liveSecret(secret).name)), ...written],
  };
}

const name = fc.constantFrom(...names);
const secret = fc.oneof(
  name.map((each) =>
    hubSecret(`cluster-${each}`, { name: each, server: serverOf(each) }, { owner: `default/${each}` }),
  ),
  name.map((each) => hubSecret(`cluster-${each}`, { name: each }, { owner: `elsewhere/${each}` })),
  name.map((each) => hubSecret(`cluster-${each}`, { name: 'theirs' })),
  fc.constant(hubSecret('by-hand', { name: 'by-hand', server: 'https://by-hand.example.com' })),
);
const world: fc.Arbitrary<World> = fc.record({
  clusters: fc.uniqueArray(name).map((some) => some.map(hubCluster)),
  kubeconfigs: fc.tuple(...names.map(() => fc.constantFrom('good', 'rotated', 'bad', 'missing'))).map((kinds) =>
    Object.fromEntries(
      names.flatMap((each, index) => {
        const kind = kinds[index];
        if (kind === 'missing') return [];
        return [[each, kind === 'bad' ? `token: ${canary}` : good(each, kind === 'rotated' ? '-2' : '')]];
      }),
    ),
  ),
  secrets: fc.uniqueArray(secret, { selector: (each) => liveSecret(each).name }),
  applications: fc.array(
    fc.oneof(
      name.map((each) => hubApplication('by-name', { name: each })),
      name.map((each) => hubApplication('by-server', { server: `${serverOf(each)}/` })),
    ),
    { maxLength: 2 },
  ),
});

const standing = (each: World): ReadonlyMap<string, ReturnType<typeof liveSecret>> =>
  new Map(each.secrets.map(liveSecret).map((one) => [one.name, one]));

describe('whatever stands at the API server', () => {
  test('no step touches a Secret that is not owned, or is that of another namespace\u2019s Cluster', () => {
    fc.assert(
      fc.property(world, (given) => {
        for (const { name: target } of planSync(observed(given), scope, now).value) {
          const before = standing(given).get(target);
          if (before !== undefined) expect(ownerOf(before)).toMatch(/^default\//);
        }
      }),
    );
  });

  test('after the steps there is nothing left to do, but to keep', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { value: steps } = planSync(observed(given), scope, now);
        const again = planSync(observed(carriedOut(given, steps)), scope, now);
        expect(again.value.filter(({ action }) => action !== 'keep')).toEqual([]);
      }),
    );
  });

  test('no Secret is removed that an Application names, or whose Cluster has a kubeconfig with a problem', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { clusters, applications } = observed(given);
        for (const step of planSync(observed(given), scope, now).value) {
          if (step.action !== 'remove') continue;
          const cluster = step.cluster.replace('default/', '');
          expect(clusters.map(keyOf)).not.toContain(step.cluster);
          const { data } = step.standing;
          const isNamed = applications.some(
            ({ destination }) =>
              destination.name === Buffer.from(data['name'] ?? '', 'base64').toString() ||
              destination.server === `${serverOf(cluster)}/`,
          );
          expect(isNamed).toBe(false);
        }
      }),
    );
  });

  test('a problem of one Cluster changes no step of another', () => {
    fc.assert(
      fc.property(world, name, (given, broken) => {
        const ofOthers = (each: World): readonly Step[] =>
          planSync(observed(each), scope, now).value.filter(({ cluster }) => cluster !== `default/${broken}`);
        const spoilt = { ...given, kubeconfigs: { ...given.kubeconfigs, [broken]: 'nothing' } };
        expect(ofOthers(spoilt)).toEqual(ofOthers(given));
      }),
    );
  });

  test('neither problems nor the lines about steps hold a credential', () => {
    fc.assert(
      fc.property(world, (given) => {
        const { value, problems } = planSync(observed(given), scope, now);
        const said = JSON.stringify(problems) + value.map((step) => stepText(step, 'argocd', false)).join('');
        expect(said).not.toContain(canary);
        expect(said).not.toContain(Buffer.from(canary).toString('base64').slice(0, 16));
      }),
    );
  });
});

/** The words of the steps, and the codes of the problems. */
function planned(given: Partial<World>): { steps: string[]; codes: string[] } {
  const none = { clusters: [], kubeconfigs: {}, secrets: [], applications: [] };
  const { value, problems } = planSync(observed({ ...none, ...given }), scope, now);
  return { steps: value.map(({ action, name: of }) => `${action} ${of}`), codes: problems.map(({ code }) => code) };
}

describe('what stands in the way', () => {
  test.each(['name', 'server'])('a cluster Secret made by hand that has the same %s', (field) => {
    const { metadata } = hubSecret('by-hand', {}, { owner: 'x/y' }) as { metadata: object };
    const labels = { 'argocd.argoproj.io/secret-type': 'cluster' };
    const other = { name: 'other', server: 'https://other.example.com' };
    const same = { ...other, [field]: field === 'name' ? 'east' : `${serverOf('east')}/` };
    const byHand = { ...hubSecret('by-hand', same), metadata: { ...metadata, labels, annotations: {} } };
    const given = { clusters: [hubCluster('east')], kubeconfigs: { east: good('east') }, secrets: [byHand] };
    expect(planned(given)).toEqual({ steps: [], codes: ['CLUSTER_SECRET_FOREIGN'] });
  });

  test('Clusters of one name in two namespaces: neither gets the other\u2019s credentials', () => {
    const elsewhere = { ...hubCluster('east'), metadata: { name: 'east', namespace: 'elsewhere' } };
    const given = {
      clusters: [hubCluster('east'), elsewhere],
      kubeconfigs: { east: good('east') },
      secrets: [hubSecret('cluster-east', {}, { owner: 'default/east' })],
    };
    expect(planned(given)).toEqual({ steps: [], codes: ['DUPLICATE_CLUSTER', 'DUPLICATE_CLUSTER'] });
  });
});

test('a Cluster without a kubeconfig, as the host, wants no Secret, and loses the one that it had', () => {
  const bare = { ...hubCluster('east'), spec: {} };
  const secrets = [hubSecret('cluster-east', { name: 'east' }, { owner: 'default/east' })];
  expect(planned({ clusters: [bare] })).toEqual({ steps: [], codes: [] });
  expect(planned({ clusters: [bare], secrets })).toEqual({ steps: ['remove cluster-east'], codes: [] });
});

test('the label by which Argo CD tracks the Cluster does not reach the Secret, which Argo CD would prune', () => {
  const labels = { 'app.kubernetes.io/instance': 'root', region: 'eu' };
  const tracked = { ...hubCluster('east'), metadata: { name: 'east', namespace: 'default', labels } };
  const given = { clusters: [tracked], kubeconfigs: { east: good('east') }, secrets: [], applications: [] };
  expect(planSync(observed(given), scope, now).value).toMatchObject([
    { action: 'create', object: { metadata: { labels: { region: 'eu' } } } },
  ]);
  expect(JSON.stringify(planSync(observed(given), scope, now).value)).not.toContain('app.kubernetes.io/instance');
});
