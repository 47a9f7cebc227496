import { expect, test } from 'vitest';
import { appDeployment, application, cluster, on } from '../support/documents.ts';
import { placesOf } from '../support/explained.ts';
import { plan } from '../support/memory-plan.ts';

const image = 'spec.template.spec.containers[0].image';

test('a component whose name is another one\u2019s with a letter more is kept apart from it', async () => {
  const from = await plan({
    'shop.yaml': application('shop', [
      { name: 'web', properties: { image: 'nginx:1' } },
      { name: 'webx', properties: { image: 'nginx:2' } },
    ]),
    'site.yaml': appDeployment('site', { 'shop-v1': [on(undefined, 2)] }),
  });
  expect(placesOf(from, 'Deployment web-v1', image)).toEqual([expect.stringContaining('property image') as string]);
});

test('a divided count is set by the whole, by the kind of distribution, and by the weights', async () => {
  const divided = on({ policy: 'All' }, 10, { type: 'Divided', weights: { east: 3, south: 0 } });
  const from = await plan({
    'clusters.yaml': cluster('east') + cluster('south') + cluster('west'),
    'shop.yaml': application('shop'),
    'site.yaml': appDeployment('site', { 'shop-v1': [divided] }),
  });
  const setting = (name: string): string[] =>
    placesOf(
      { ...from, manifests: from.manifests.filter((each) => each.cluster === name) },
      'Deployment web-v1',
      'spec.replicas',
    );
  expect(setting('east')).toEqual([
    'replicas of the placement (site.yaml:13:23)',
    'type of the distribution (site.yaml:14:19)',
    'weight of east in the distribution (site.yaml:16:21)',
    'weight of south in the distribution (site.yaml:17:22)',
  ]);
  expect(setting('south')).toEqual([
    'type of the distribution (site.yaml:14:19)',
    'weight of south in the distribution (site.yaml:17:22)',
  ]);
});
