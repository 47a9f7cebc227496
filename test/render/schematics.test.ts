import { stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import { dig, type PlainObject } from '../../src/model/plain.ts';
import { faults, rendered } from '../support/cue.ts';
import { appDeployment, application, cluster, definition, on } from '../support/documents.ts';
import { plan, problemsOf } from '../support/memory-plan.ts';

function withSchematic(schematic: object, kind = 'ComponentDefinition', name = 'own'): string {
  return `---\n${stringify({ apiVersion: 'core.oam.dev/v1beta1', kind, metadata: { name }, spec: { schematic } })}`;
}

const type = 'own';

describe('schematic.kube', () => {
  const own = withSchematic({
    kube: {
      template: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        spec: { template: { spec: { containers: [{ name: 'main', ports: [{ containerPort: 80 }] }] } } },
      },
      parameters: [
        { name: 'image', type: 'string', required: true, fieldPaths: ['spec.template.spec.containers[0].image'] },
        {
          name: 'port',
          type: 'number',
          fieldPaths: ['spec.template.spec.containers[0].ports[0].containerPort', 'metadata.annotations.port'],
        },
        { name: 'host', type: 'boolean', fieldPaths: ['spec.template.spec.hostNetwork'] },
        { name: 'lost', type: 'string', fieldPaths: ['spec.template.spec.containers[1].image'] },
      ],
    },
  });

  test('writes parameters at their field paths', async () => {
    const { Deployment: object } = await rendered({ type, properties: { image: 'nginx', host: true } }, own);
    expect(dig(object, 'spec', 'template', 'spec')).toEqual({
      containers: [{ name: 'main', image: 'nginx', ports: [{ containerPort: 80 }] }],
      hostNetwork: true,
    });
  });

  test.each([
    [{}, 'MISSING_FIELD image is missing'],
    [{ image: 5 }, 'WRONG_TYPE image is a number; expected string'],
    [{ image: 'a', imagee: 'b' }, 'UNKNOWN_FIELD imagee is no parameter; there are image, port, host, lost'],
    [
      { image: 'a', lost: 'b' },
      'INVALID_DEFINITION ComponentDefinition own: the template has no place for spec.template.spec.containers[1].image',
    ],
  ])('refuses %o', async (properties, says) => {
    expect((await faults({ type, properties }, own)).map((each) => each.says).join('\n')).toContain(says);
  });
});

describe('schematic.helm', () => {
  const helm = {
    release: { chart: { spec: { chart: 'podinfo', version: '6.9.0' } } },
    repository: { url: 'https://stefanprodan.github.io/podinfo' },
  };

  test('gives Flux a HelmRelease and its HelmRepository, with the properties as values', async () => {
    const objects = await rendered({ type, properties: { replicaCount: 2 } }, withSchematic({ helm }));
    expect(objects['HelmRelease']).toMatchObject({
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        interval: '5m',
        chart: { spec: { chart: 'podinfo', version: '6.9.0', sourceRef: { kind: 'HelmRepository', name: 'web' } } },
        values: { replicaCount: 2 },
      },
    });
    expect(objects['HelmRepository']).toMatchObject({
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      metadata: { name: 'web' },
      spec: { interval: '5m', url: 'https://stefanprodan.github.io/podinfo' },
    });
  });

  test('cannot be placed with replicas, which the chart decides', async () => {
    const found = await problemsOf({
      'a.yaml': application('shop', [{ name: 'web', type, properties: {} }]) + withSchematic({ helm }),
      'd.yaml': appDeployment('shop', { 'shop-v1': [on(undefined, 1)] }),
    });
    expect(found.map(({ code }) => code)).toEqual(['UNSCALABLE_WORKLOAD']);
  });

  test('needs a chart and a repository', async () => {
    const found = await faults({ type, properties: {} }, withSchematic({ helm: { release: {}, repository: {} } }));
    expect(found[0]?.says).toContain('schematic.helm needs release.chart.spec.chart and repository.url');
  });
});

test('schematic.terraform gives a Configuration with the properties as variables', async () => {
  const terraform = {
    type: 'hcl',
    configuration: 'variable "acl" {}',
    providerRef: { name: 'aws' },
    deleteResource: true,
  };
  const properties = { acl: 'private', writeConnectionSecretToRef: { name: 'out' } };
  const { Configuration: object } = await rendered({ type, properties }, withSchematic({ terraform }));
  expect(object).toMatchObject({ apiVersion: 'terraform.core.oam.dev/v1beta1', metadata: { name: 'web' } });
  expect(dig(object, 'spec')).toEqual({
    hcl: 'variable "acl" {}',
    providerRef: { name: 'aws' },
    deleteResource: true,
    variable: { acl: 'private' },
    writeConnectionSecretToRef: { namespace: 'default', name: 'out' },
  });
});

test.each([
  ['json', { JSON: '{}' }],
  ['remote', { remote: '{}', path: 'modules/db' }],
])('schematic.terraform of type %s', async (kind, expected) => {
  const { Configuration: object } = await rendered(
    { type, properties: {} },
    withSchematic({ terraform: { type: kind, configuration: '{}', path: 'modules/db' } }),
  );
  expect(dig(object, 'spec')).toEqual(expected);
});

const config = (field: string, value: string): string =>
  `output: {apiVersion: v1, kind: ConfigMap, data: { ${field}: ${value} } }`;

test('a type without a ComponentDefinition is looked up as a WorkloadDefinition', async () => {
  const workload = definition('ComponentDefinition', 'own', config('from', 'workload')).replace(
    'ComponentDefinition',
    'WorkloadDefinition',
  );
  const both = workload + definition('ComponentDefinition', 'own', config('from', 'component'));
  expect(dig((await rendered({ type, properties: {} }, workload))['ConfigMap'], 'data', 'from')).toBe('workload');
  expect(dig((await rendered({ type, properties: {} }, both))['ConfigMap'], 'data', 'from')).toBe('component');
});

test('type name@vN uses a DefinitionRevision', async () => {
  const revision = (number: number): string =>
    `---\n${stringify({
      apiVersion: 'core.oam.dev/v1beta1',
      kind: 'DefinitionRevision',
      metadata: { name: `own-v${number}`, namespace: 'vela-system' },
      spec: {
        revision: number,
        revisionHash: 'x',
        definitionType: 'Component',
        componentDefinition: {
          apiVersion: 'core.oam.dev/v1beta1',
          kind: 'ComponentDefinition',
          metadata: { name: 'own' },
          spec: { schematic: { handlebars: { template: config('number', `"${number}"`) } } },
        },
      },
    })}`;
  const objects = await rendered({ type: 'own@v2', properties: {} }, revision(1) + revision(2));
  expect(dig(objects['ConfigMap'], 'data', 'number')).toBe('2');
  expect(dig(objects['ConfigMap'], 'metadata', 'labels', 'workload.oam.dev/type')).toBe('own-v2');
  expect((await faults({ type: 'own@v3', properties: {} }, revision(1)))[0]?.says).toContain(
    'UNKNOWN_DEFINITION there is no ComponentDefinition "own@v3"',
  );
});

test.each([
  ['the Cluster\u2019s annotation', { annotations: { 'appdeploy.dev/kubernetes-version': 'v1.33.2' } }, '', 33],
  ['the config', {}, 'kubernetesVersion: "1.31"\n', 31],
])('context.clusterVersion comes from %s', async (_where, metadata, settings, minor) => {
  const east = cluster('east', {}, metadata);
  const files = {
    'a.yaml':
      application('shop', [{ name: 'web', type, properties: {} }]) +
      east +
      definition(
        'ComponentDefinition',
        'own',
        config('minor', '{{context.clusterVersion.minor}}').replace('ConfigMap', 'Thing'),
      ),
    'd.yaml': appDeployment('shop', { 'shop-v1': [on('east', 1)] }),
  };
  const { manifests } = await plan(
    files,
    settings === '' ? undefined : `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\n${settings}`,
  );
  expect(dig(manifests[0]?.object as PlainObject | undefined, 'data', 'minor')).toBe(minor);
});
