import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { appDeployment, application, cluster, on, target } from '../support/documents.ts';
import { noteTrait, placesOf } from '../support/explained.ts';
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
  const note = noteTrait(
    [
      'cluster: {{context.cluster.name}}',
      'zone: {{#if (eq context.cluster.labels.zone "z1")}}first{{else}}{{#if (eq context.cluster.labels.zone "z2")}}second{{else}}{{fail "which zone?"}}{{/if}}{{/if}}',
      'version: {{context.clusterVersion.minor}}',
      'application: {{context.appName}}',
      'appDeployment: {{context.appDeployment}}',
      'namespace: {{context.namespace}}',
      'type: {{context.componentType}}',
    ],
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

test('a name that users choose sets the fields that it is written into', async () => {
  const http = { '/': 80, '/api': 80 };
  const from = await plan({
    'shop.yaml': application('shop', [
      { name: 'web', traits: [{ type: 'ingress', properties: { domain: 'a.example.com', http } }] },
    ]),
    'site.yaml': appDeployment('site', { 'shop-v1': [on(undefined, 1)] }),
  });
  const path = (index: number, field: string): string[] =>
    placesOf(from, 'Ingress web-v1', `spec.rules[0].http.paths[${index}].${field}`);
  expect(path(0, 'path')).toEqual(['key of property http["/"] of trait ingress (shop.yaml:19:15)']);
  expect(path(1, 'path')).toEqual(['key of property http["/api"] of trait ingress (shop.yaml:20:15)']);
  expect(path(1, 'backend.service.port.number')).toEqual(['property http["/api"] of trait ingress (shop.yaml:20:21)']);
});

/** A trait in CUE that writes what it takes into a ConfigMap. */
function cueTrait(name: string, parameter: string, data: string): string {
  const template = `${parameter}\noutputs: note: {apiVersion: "v1", kind: "ConfigMap", data: {${data}}}\n`;
  const spec = { schematic: { cue: { template } } };
  return `---\n${stringify({ apiVersion: 'core.oam.dev/v1beta1', kind: 'TraitDefinition', metadata: { name }, spec })}`;
}

test('a property that takes few values is tried with those', async () => {
  const parameter = [
    '#Volume: {speed: *"fast" | "slow"}',
    'parameter: {',
    '  volumes: [...#Volume], modes: [string]: "a" | "b"',
    '  code: =~"^[a-z]{3}$", store: {kind: "s3"} | {kind: "gcs"}',
    '}',
  ].join('\n');
  const data =
    'speed: parameter.volumes[0].speed, mode: parameter.modes.x, code: parameter.code, store: parameter.store.kind';
  const properties = { volumes: [{ speed: 'fast' }], modes: { x: 'a' }, code: 'abc', store: { kind: 's3' } };
  const from = await plan({
    'odd.yaml': cueTrait('odd', parameter, data),
    'shop.yaml': application('shop', [{ name: 'web', traits: [{ type: 'odd', properties }] }]),
    'site.yaml': appDeployment('site', { 'shop-v1': [on(undefined, 1)] }),
  });
  const note = (field: string): string[] => placesOf(from, 'ConfigMap web-note-v1', `data.${field}`);
  expect(['speed', 'mode', 'code', 'store'].map(note)).toEqual([
    ['property volumes[0].speed of trait odd (shop.yaml:18:24)'],
    ['property modes.x of trait odd (shop.yaml:20:18)'],
    ['property code of trait odd (shop.yaml:21:19)'],
    ['property store.kind of trait odd (shop.yaml:23:21)'],
  ]);
});

test('what is empty has its place, too', async () => {
  const volumes = [{ name: 'scratch', emptyDir: {} }];
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'one' },
    spec: { containers: [{ name: 'it', image: 'nginx', args: [], command: null }], volumes },
  };
  const objects = { name: 'pods', type: 'k8s-objects', properties: { objects: [pod] } };
  const from = await plan({ 'shop.yaml': application('shop', [objects], { direct: true }) });
  const places = (field: string): string[] => placesOf(from, 'Pod one', `spec.${field}`);
  expect(places('volumes[0].emptyDir')).toEqual([
    'property objects[0].spec.volumes[0].emptyDir of component pods (shop.yaml:23:29)',
  ]);
  expect(places('containers[0].args')).toHaveLength(1);
  expect(places('containers[0].command')).toHaveLength(1);
});

test('a text sets every field that a part of it is written into', async () => {
  const data = 'let parts = strings.Split(parameter.image, ":"), name: parts[0], tag: parts[1], all: parameter.image';
  const from = await plan({
    'split.yaml': cueTrait('split', 'import "strings"\nparameter: {image: string}', data.replace(', name', '\nname')),
    'shop.yaml': application('shop', [{ name: 'web', traits: [{ type: 'split', properties: { image: 'a/b:1.2' } }] }]),
    'site.yaml': appDeployment('site', { 'shop-v1': [on(undefined, 1)] }),
  });
  for (const field of ['name', 'tag', 'all'])
    expect(placesOf(from, 'ConfigMap web-note-v1', `data.${field}`)).toEqual([
      expect.stringContaining('property image of trait split') as string,
    ]);
});

test('a Service for a host of the mesh is set by that host, and by the targets of the default route', async () => {
  const http = [
    {
      match: [{ uri: { prefix: '/api' } }],
      weightedTargets: [target('shop-v1', 100, { componentName: 'api', port: 90 })],
    },
    { weightedTargets: [target('shop-v1', 100)] },
  ];
  const from = await plan({
    'shop.yaml': application('shop', [{ name: 'web' }, { name: 'api' }]),
    'site.yaml': appDeployment(
      'site',
      { 'shop-v1': [on(undefined, 1)] },
      { traffic: { hosts: ['front.example.com', 'front'], http } },
    ),
  });
  const service = (field: string): string[] => placesOf(from, 'Service front', field);
  expect(service('metadata.name')).toEqual(['spec.traffic.hosts[1] (site.yaml:10:9)']);
  for (const field of ['spec.selector["app.oam.dev/component"]', 'metadata.labels["app.oam.dev/component"]'])
    expect(service(field)).toEqual([
      expect.stringContaining('spec.traffic.http[1].weightedTargets[0].componentName') as string,
    ]);
  for (const field of ['name', 'port', 'targetPort'])
    expect(service(`spec.ports[1].${field}`)).toEqual([
      expect.stringContaining('spec.traffic.http[0].weightedTargets[0].port') as string,
    ]);
});

test('a name is no place of a field that falls to its default without what stands below the name', async () => {
  const note = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'my-name' } };
  const objects = { name: 'notes', type: 'k8s-objects', properties: { objects: [note] } };
  const from = await plan({ 'shop.yaml': application('shop', [objects], { direct: true }) });
  expect(placesOf(from, 'ConfigMap my-name', 'metadata.name')).toEqual([
    expect.stringContaining('property objects[0].metadata.name of component notes') as string,
  ]);
});
