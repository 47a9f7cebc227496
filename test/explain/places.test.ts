import { expect, test } from 'vitest';
import { appDeployment, application, on } from '../support/documents.ts';
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
