import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { isScalar, parseAllDocuments, stringify, visit } from 'yaml';
import type { Cause } from '../../src/explain/explanation.ts';
import { roleKey } from '../../src/explain/scene.ts';
import { variantsOf } from '../../src/explain/variants.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { fieldText, type FieldPath, originText } from '../../src/model/origin.ts';
import { dig } from '../../src/model/plain.ts';
import type { Plan } from '../../src/plan.ts';
import { appDeployment, application, cluster, gateway, on, target } from '../support/documents.ts';
import { explained, noteTrait } from '../support/explained.ts';
import { plan, problemsOf, type Texts } from '../support/memory-plan.ts';

/** A definition of the repo with a default, a constant, and something of its cluster. */
const note = noteTrait(['text: {{parameter.text}}', 'zone: {{context.cluster.labels.zone}}', 'fixed: always'], {
  parameter: { properties: { text: { type: 'string', default: 'hello' }, unused: { type: 'string', default: 'x' } } },
});

/** A definition in CUE, with a default that the component leaves as it is. */
const level = stringify({
  apiVersion: 'core.oam.dev/v1beta1',
  kind: 'TraitDefinition',
  metadata: { name: 'level' },
  spec: {
    schematic: {
      cue: {
        template:
          'parameter: {level: *"info" | string, tag: string}\npatch: metadata: annotations: {level: parameter.level, tag: parameter.tag}\n',
      },
    },
  },
});

/** A repo with all that fields can come from: two components, traits in Handlebars and in CUE, placements, traffic. */
const repo: Texts = {
  'definitions.yaml': `${note}---\n${level}`,
  'clusters.yaml': cluster('east', { zone: 'e1' }) + cluster('west', { zone: 'w1' }),
  'shop.yaml': application('shop', [
    {
      name: 'web',
      properties: {
        image: 'nginx:1.27',
        port: 8080,
        cpu: '500m',
        imagePullPolicy: 'Always',
        env: [{ name: 'MODE', value: 'fast' }],
      },
      traits: [
        { type: 'labels', properties: { team: 'a' } },
        { type: 'sidecar', properties: { name: 'log', image: 'fluent:2' } },
        { type: 'note' },
        { type: 'level', properties: { tag: 'x1' } },
        { type: 'ingress', properties: { domain: 'shop.example.com', http: { '/': 8080 } } },
      ],
    },
    {
      name: 'job',
      type: 'worker',
      properties: { image: 'busybox:1' },
      traits: [{ type: 'hpa', properties: { max: 5 } }],
    },
  ]),
  'gateway.yaml': gateway('public'),
  'site.yaml': appDeployment(
    'site',
    { 'shop-v1': [on('east', 3), on('west', 2)] },
    {
      traffic: {
        hosts: ['shop.example.com'],
        gateways: ['public'],
        http: [
          {
            match: [{ uri: { prefix: '/' } }],
            timeout: '3s',
            weightedTargets: [target('shop-v1', 100, { port: 8080 })],
          },
        ],
      },
    },
  ),
};

const original = await plan(repo);

/** Every field with every place that is said to set it. */
const claims = original.manifests.flatMap((manifest, index) =>
  explained(manifest, original).flatMap(({ path, setBy }) => setBy.map((cause) => ({ index, path, cause }))),
);

/** The files with another scalar at a place; undefined where none stands there. */
function editedAt({ path, line, column }: Cause['origin'], other: (value: unknown) => unknown): Texts | undefined {
  const text = repo[path] ?? '';
  const start =
    text
      .split('\n')
      .slice(0, line - 1)
      .join('\n').length +
    (line > 1 ? 1 : 0) +
    column -
    1;
  let edited: string | undefined;
  for (const document of parseAllDocuments(text))
    visit(document, {
      Scalar: (_key, node) => {
        if (isScalar(node) && node.range?.[0] === start)
          edited = text.slice(0, start) + JSON.stringify(other(node.value)) + text.slice(node.range[1]);
      },
    });
  return edited === undefined ? undefined : { ...repo, [path]: edited };
}

/** The object of the same part in another plan, whatever it is named there. */
function counterpart(manifest: Manifest, other: Plan): Manifest | undefined {
  const keyOf = (each: Manifest): string =>
    `${each.cluster} ${each.role} ${each.object.kind} ${each.instance === undefined ? '' : roleKey(each)}`;
  const alike = (all: readonly Manifest[]): Manifest[] => all.filter((each) => keyOf(each) === keyOf(manifest));
  return alike(other.manifests)[alike(original.manifests).indexOf(manifest)];
}

async function changes(index: number, path: FieldPath, origin: Cause['origin']): Promise<boolean> {
  const manifest = original.manifests[index];
  if (manifest === undefined) return false;
  for (let attempt = 0; attempt < 7; attempt++) {
    const files = editedAt(origin, (value) => [...variantsOf(value), 'Never', 'IfNotPresent', '9m', '10s'].at(attempt));
    if (files === undefined || (await problemsOf(files)).some(({ severity }) => severity === 'error')) continue;
    const now = counterpart(manifest, await plan(files));
    if (now !== undefined && !isDeepStrictEqual(dig(now.object, ...path), dig(manifest.object, ...path))) return true;
  }
  return false;
}

describe('a place that is said to set a field', () => {
  // What cannot change alone: another revision or component must exist, weights sum to 100, a Gateway is named twice.
  const together =
    /^name of the revision|revisionName$|componentName$|^(?:name|type) of the component|weight$|^metadata\.name$/;
  // A default in CUE has the place of its template, a whole text.
  const editable = claims.filter(
    ({ cause: { what, origin } }) =>
      repo[origin.path] !== undefined && !together.test(what) && !what.includes('TraitDefinition level'),
  );

  test('changes the field when it is edited there', async () => {
    const wrong: string[] = [];
    for (const { index, path, cause } of editable)
      if (!(await changes(index, path, cause.origin)))
        wrong.push(`${fieldText(path)} by ${cause.what} at ${originText(cause.origin)}`);
    expect(wrong).toEqual([]);
    expect(editable.length).toBeGreaterThan(70);
  }, 120_000);

  test('is one of every kind', () => {
    expect(new Set(claims.map(({ cause }) => cause.kind))).toEqual(
      new Set(['component', 'property', 'default', 'placement', 'cluster', 'traffic', 'name', 'gateway']),
    );
  });
});

test('every field has a place or a writer', () => {
  const fields = original.manifests.flatMap((manifest) => explained(manifest, original));
  expect(fields.filter(({ setBy, writer }) => setBy.length === 0 && writer === undefined)).toEqual([]);
});

/** `kind name` of the object, the field, and what is said: places, else the writer. */
test.each([
  ['Deployment web-v1', 'spec.replicas', 'replicas of the placement (site.yaml:28:23)'],
  ['Deployment web-v1', 'spec.template.spec.containers[0].image', 'property image of component web (shop.yaml:12:16)'],
  ['Deployment web-v1', 'spec.template.spec.containers[1].image', 'property image of trait sidecar'],
  ['Deployment web-v1', 'spec.template.spec.containers[0].env[0].value', 'property env[0].value of component web'],
  ['Deployment web-v1', 'metadata.labels["app.oam.dev/appRevision"]', 'name of the revision that is placed'],
  ['Deployment web-v1', 'metadata.labels["app.oam.dev/resourceType"]', 'appdeploy: its labels'],
  ['Deployment web-v1', 'kind', 'ComponentDefinition webservice'],
  ['ConfigMap web-note-v1', 'data.text', 'default of text, in TraitDefinition note (definitions.yaml:'],
  ['ConfigMap web-note-v1', 'data.zone', 'label zone of Cluster east (clusters.yaml:'],
  ['ConfigMap web-note-v1', 'data.fixed', 'TraitDefinition note'],
  ['Deployment web-v1', 'metadata.annotations.tag', 'property tag of trait level (shop.yaml:'],
  ['Deployment web-v1', 'metadata.annotations.level', 'default of level, in TraitDefinition level (definitions.yaml:'],
  ['Ingress web-v1', 'spec.rules[0].host', 'property domain of trait ingress'],
  ['Ingress web-v1', 'metadata.annotations["argocd.argoproj.io/sync-wave"]', 'appdeploy: the sync wave'],
  ['VirtualService site', 'spec.hosts[0]', 'spec.traffic.hosts[0] (site.yaml:'],
  ['VirtualService site', 'spec.http[0].timeout', 'spec.traffic.http[0].timeout'],
  ['VirtualService site', 'spec.http[0].route[0].weight', 'spec.traffic.http[0].weightedTargets[0].weight'],
  ['Gateway public', 'metadata.annotations["argocd.argoproj.io/sync-wave"]', 'appdeploy: the sync wave'],
  ['Gateway public', 'spec.servers[0].port.number', 'spec.servers[0].port.number (gateway.yaml:'],
  ['Service shop-v1-web-8080', 'spec.ports[0].port', 'spec.traffic.http[0].weightedTargets[0].port'],
])('%s: %s is set by %s', (object, field, says) => {
  const manifest = original.manifests.find(
    (each) => each.cluster === 'east' && `${each.object.kind} ${each.object.metadata.name}` === object,
  );
  expect(original.manifests.map((each) => `${each.object.kind} ${each.object.metadata.name}`)).toContain(object);
  if (manifest === undefined) return;
  const found = explained(manifest, original).find(({ path }) => fieldText(path) === field);
  const places = found?.setBy.map(({ what, origin }) => `${what} (${originText(origin)})`) ?? [];
  const writer = found?.writer?.kind === 'appdeploy' ? `appdeploy: ${found.writer.what}` : (found?.writer?.what ?? '');
  expect([...places, ...(places.length === 0 ? [writer] : [])].join('; ')).toContain(says);
});
