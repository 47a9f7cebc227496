import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlainObject } from '../../src/model/plain.ts';
import { cueDefinition } from '../support/cue.ts';
import { appDeployment, application, type ComponentInput, on } from '../support/documents.ts';
import { plan, problemsOf } from '../support/memory-plan.ts';

/** How many properties are tried; more with TWIN_RUNS. */
const numRuns = Number(process.env['TWIN_RUNS'] ?? 15);
const read = (name: string): string => readFileSync(new URL(`${name}.cue`, import.meta.url), 'utf8');
const workload = read('workload');
const twins = [
  cueDefinition('ComponentDefinition', 'webservice', workload.replace('PORT', 'port: *80 | int')),
  cueDefinition('ComponentDefinition', 'worker', workload.replace('PORT', '')),
  cueDefinition('TraitDefinition', 'ingress', read('ingress')),
  cueDefinition('TraitDefinition', 'scaler', read('scaler')),
  cueDefinition('TraitDefinition', 'sidecar', read('sidecar')),
].join('');

/** What a component renders to, directly and through an AppDeployment, by the built-ins or by their twins. */
async function both(component: ComponentInput, isDirect: boolean): Promise<[unknown, unknown]> {
  const deployment = isDirect ? '' : appDeployment('site', { 'shop-v1': [on(undefined, 3)] });
  const files = { 'app.yaml': application('shop', [component], { direct: isDirect }) + deployment };
  const objects = async (definitions: string): Promise<unknown> => {
    const sources = { ...files, 'definitions.yaml': definitions };
    const errors = (await problemsOf(sources)).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ message }) => message)).toEqual([]);
    const { manifests } = await plan(sources);
    return Object.fromEntries(manifests.map(({ object }) => [object.kind, sorted(object as unknown as PlainObject)]));
  };
  return [await objects(''), await objects(twins)];
}

/** Lists whose order says nothing, in one order. */
function sorted(object: PlainObject): unknown {
  return JSON.parse(JSON.stringify(object), (key, value: unknown) =>
    (key === 'paths' || key === 'ports') && Array.isArray(value)
      ? value.map((each) => JSON.stringify(each)).toSorted()
      : value,
  );
}

const word = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const text = fc.string({ maxLength: 12 });
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const key = fc.record({ name: word, key: word });
const env = fc.oneof(
  fc.record({ name: word, value: text }),
  fc.record({ name: word, valueFrom: fc.record({ secretKeyRef: key }) }),
  fc.record({ name: word, valueFrom: fc.record({ configMapKeyRef: key }) }),
);
const items = fc.array(
  fc.record({ key: word, path: word, mode: fc.integer({ min: 0, max: 511 }) }, { requiredKeys: ['key', 'path'] }),
  { maxLength: 2 },
);
const mount = { name: word, mountPath: text.map((path) => `/${path}`) };
const volume = fc.oneof(
  fc.record({ ...mount, type: fc.constant('pvc'), claimName: word }),
  fc.record(
    { ...mount, type: fc.constant('configMap'), cmName: word, items },
    { requiredKeys: ['name', 'mountPath', 'type', 'cmName'] },
  ),
  fc.record(
    { ...mount, type: fc.constant('secret'), secretName: word, defaultMode: fc.integer({ min: 0, max: 511 }) },
    { requiredKeys: ['name', 'mountPath', 'type', 'secretName'] },
  ),
  fc.record(
    { ...mount, type: fc.constant('emptyDir'), medium: fc.constantFrom('', 'Memory') },
    { requiredKeys: ['name', 'mountPath', 'type'] },
  ),
);
const port = fc.integer({ min: 1, max: 65535 });
const probe = fc.record(
  {
    exec: fc.record({ command: fc.array(text, { maxLength: 2 }) }),
    httpGet: fc.record({ path: text, port }),
    tcpSocket: fc.record({ port }),
    periodSeconds: fc.integer({ min: 1, max: 60 }),
  },
  { requiredKeys: [] },
);
const properties = fc.record({
  image: text.map((rest) => `nginx${rest}`),
  imagePullPolicy: optional(fc.constantFrom('Always', 'Never', 'IfNotPresent')),
  imagePullSecrets: optional(fc.array(word, { maxLength: 2 })),
  cmd: optional(fc.array(text, { maxLength: 2 })),
  env: optional(fc.array(env, { maxLength: 4 })),
  cpu: optional(fc.constantFrom('1', '0.5', '250m')),
  memory: optional(fc.constantFrom('128Mi', '1Gi')),
  volumes: optional(fc.array(volume, { maxLength: 4 })),
  livenessProbe: optional(probe),
  readinessProbe: optional(probe),
});
const sidecar = fc.record(
  {
    name: word.map((name) => `side-${name}`),
    image: word,
    cmd: fc.array(text, { maxLength: 2 }),
    args: fc.array(text, { maxLength: 2 }),
    env: fc.array(env, { maxLength: 3 }),
    volumes: fc.array(fc.record({ name: word, path: text.map((path) => `/${path}`) }), { maxLength: 2 }),
    livenessProbe: probe,
  },
  { requiredKeys: ['name', 'image'] },
);
const traits = fc
  .tuple(
    fc.constantFrom([], [{ type: 'scaler' }], [{ type: 'scaler', properties: { replicas: 4 } }]),
    fc.constantFrom(
      [],
      [{ type: 'ingress', properties: { domain: 'shop.example.com', http: { '/': 80, '/api': 8080, '/b': 80 } } }],
    ),
    fc.array(
      sidecar.map((given) => ({ type: 'sidecar', properties: given })),
      { maxLength: 1 },
    ),
  )
  .map((chosen): object[] => chosen.flat());

test.each(['webservice', 'worker'])('a %s in CUE and the built-in one give equal objects', async (type) => {
  const own =
    type === 'webservice' ? fc.record({ port, addRevisionLabel: fc.boolean() }, { requiredKeys: [] }) : fc.constant({});
  await fc.assert(
    fc.asyncProperty(properties, own, traits, fc.boolean(), async (common, more, chosen, isDirect) => {
      const given = Object.fromEntries(
        Object.entries({ ...common, ...more }).filter(([, value]) => value !== undefined),
      );
      const [builtIn, twin] = await both({ name: 'web', type, properties: given, traits: chosen }, isDirect);
      const labelled = JSON.parse(JSON.stringify(twin)) as unknown;
      expect(labelled).toEqual(builtIn);
    }),
    { numRuns },
  );
});
