import { expect, test } from 'vitest';
import { appDeployment, application, cluster, definition, on } from '../support/documents.ts';
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

test('what a template takes from its context has the place that it comes from', async () => {
  const note = definition(
    'TraitDefinition',
    'note',
    [
      'outputs:',
      '  note:',
      '    apiVersion: v1',
      '    kind: ConfigMap',
      '    data:',
      '      cluster: {{context.cluster.name}}',
      '      zone: {{#if (eq context.cluster.labels.zone "z1")}}first{{else}}{{#if (eq context.cluster.labels.zone "z2")}}second{{else}}{{fail "which zone?"}}{{/if}}{{/if}}',
      '      version: {{context.clusterVersion.minor}}',
      '      application: {{context.appName}}',
      '      appDeployment: {{context.appDeployment}}',
      '      namespace: {{context.namespace}}',
      '      type: {{context.componentType}}',
    ].join('\n'),
    {},
    { namespace: 'shop' },
  );
  const version = { 'appdeploy.dev/kubernetes-version': 'v1.33.2' };
  const from = await plan({
    'note.yaml': note,
    'clusters.yaml':
      cluster('east', { zone: 'z1' }, { namespace: 'shop', annotations: version }) +
      cluster('west', { zone: 'z2' }, { namespace: 'shop' }),
    'shop.yaml': application('shop', [{ name: 'web', traits: [{ type: 'note' }] }], { namespace: 'shop' }),
    'site.yaml': appDeployment('site', { 'shop-v1': [on('east', 1)] }, { namespace: 'shop' }),
  });
  const note1 = (field: string): string[] => placesOf(from, 'ConfigMap web-note-v1', `data.${field}`);
  expect(note1('cluster')).toEqual(['cluster of the placement (site.yaml:11:11)']);
  expect(note1('zone')).toEqual(['label zone of Cluster east (clusters.yaml:7:11)']);
  expect(note1('version')).toEqual(['Kubernetes version of Cluster east (clusters.yaml:10:39)']);
  expect(note1('application')).toEqual(['name of the revision that is placed (site.yaml:9:21)']);
  expect(note1('appDeployment')).toEqual(['name of AppDeployment site (site.yaml:5:9)']);
  expect(note1('namespace')).toEqual(['namespace of AppDeployment site (site.yaml:6:14)']);
  expect(note1('type')).toEqual(['type of the component (shop.yaml:11:13)']);
});

test('an Application that deploys itself sets names and labels', async () => {
  const from = await plan({ 'shop.yaml': application('shop', [{ name: 'web' }], { direct: true, namespace: 'shop' }) });
  const places = (field: string): string[] => placesOf(from, 'Deployment web', field);
  expect(places('metadata.labels["app.oam.dev/name"]')).toEqual(['name of Application shop (shop.yaml:5:9)']);
  expect(places('metadata.namespace')).toEqual(['namespace of Application shop (shop.yaml:6:14)']);
});
