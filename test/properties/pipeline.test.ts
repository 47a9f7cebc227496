import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dig, digList } from '../../src/model/plain.ts';
import type { Plan } from '../../src/plan.ts';
import { appDeployment, application, cluster, on, target } from '../support/documents.ts';
import { plan } from '../support/memory-plan.ts';

const tiers = fc.array(fc.constantFrom('prod', 'test'), { minLength: 1, maxLength: 8 });
const repos = fc
  .record({
    tiers,
    replicas: fc.integer({ min: 1, max: 50 }),
    weight: fc.integer({ min: 0, max: 100 }),
    divided: fc.boolean(),
  })
  .map(({ tiers: labels, replicas, weight, divided }) => {
    const everywhere = on(
      { policy: 'All', matchExpressions: [{ key: 'tier', operator: 'Exists' }] },
      replicas,
      divided ? { type: 'Divided' } : {},
    );
    const one = on({ labels: { tier: labels[0] ?? 'prod' } }, replicas);
    const traffic = {
      hosts: ['shop.example.com'],
      http: [{ weightedTargets: [target('a-v1', weight), target('b-v1', 100 - weight, { componentName: 'api' })] }],
    };
    const clusters = labels.map((tier, index) => [`clusters/c${index}.yaml`, cluster(`c${index}`, { tier })]);
    return {
      ...(Object.fromEntries(clusters) as Record<string, string>),
      'a.yaml': application('a'),
      'b.yaml': application('b', [{ name: 'api' }]),
      'd.yaml': appDeployment('shop', { 'a-v1': [everywhere], 'b-v1': [one] }, weight === 100 ? {} : { traffic }),
    };
  });

const settings = { numRuns: 40 };

/** Snapshots in place are not written again; placement records say what they should be. */
function placementsOf(writes: Plan['records']['writes']): Record<string, string> {
  return Object.fromEntries([...writes].filter(([path]) => path.startsWith('placements/')));
}

test('the order of the files does not change a byte', async () => {
  await fc.assert(
    fc.asyncProperty(
      repos.chain((files) =>
        fc.tuple(fc.constant(files), fc.shuffledSubarray(Object.keys(files), { minLength: Object.keys(files).length })),
      ),
      async ([files, order]) => {
        const shuffled = Object.fromEntries(order.map((path) => [path, files[path as keyof typeof files] ?? '']));
        const [straight, other] = [await plan(files), await plan(shuffled)];
        expect([...other.output]).toEqual([...straight.output]);
        expect([...other.records.writes]).toEqual([...straight.records.writes]);
      },
    ),
    settings,
  );
});

test('a plan whose snapshots are in place writes nothing new', async () => {
  await fc.assert(
    fc.asyncProperty(repos, async (files) => {
      const first = await plan(files);
      const second = await plan({ ...files, ...Object.fromEntries(first.records.writes) });
      expect(Object.fromEntries(second.records.writes)).toEqual(placementsOf(first.records.writes));
      expect(second.records.removals).toEqual([]);
      expect([...second.output]).toEqual([...first.output]);
    }),
    settings,
  );
});

test('the weights of every rendered rule sum to 100', async () => {
  await fc.assert(
    fc.asyncProperty(repos, async (files) => {
      const { manifests } = await plan(files);
      for (const { object } of manifests.filter(({ role }) => role === 'virtualService')) {
        for (const rule of digList(object, 'spec', 'http')) {
          expect(digList(rule, 'route').reduce<number>((sum, route) => sum + Number(dig(route, 'weight')), 0)).toBe(
            100,
          );
        }
      }
    }),
    settings,
  );
});

test('a new cluster moves only the placements that it wins', async () => {
  await fc.assert(
    fc.asyncProperty(repos, fc.constantFrom('prod', 'test'), async (files, tier) => {
      const before = await plan(files);
      const after = await plan({ ...files, 'clusters/new.yaml': cluster('new', { tier }) });
      const picked = ({ placements }: Plan): string | undefined =>
        placements.placed.find(({ revision }) => revision.name === 'b-v1')?.cluster.name;
      expect([picked(before), 'new']).toContain(picked(after));
    }),
    settings,
  );
});
