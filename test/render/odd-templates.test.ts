import { describe, expect, test } from 'vitest';
import { appDeployment, application, definition, on } from '../support/documents.ts';
import { plan, problemsOf, type Texts } from '../support/memory-plan.ts';

/** A component whose template also emits this object, placed by an AppDeployment on the host cluster. */
function repoWith(extra: string, properties: object = {}): Texts {
  const template = [
    'output:',
    '  apiVersion: apps/v1',
    '  kind: Deployment',
    '  spec: {selector: {matchLabels: {app.oam.dev/appRevision: {{context.appRevision}} }}}',
    'outputs:',
    '  extra:',
    ...extra.split('\n').map((line) => `    ${line}`),
  ].join('\n');
  return {
    'all.yaml': [
      definition('ComponentDefinition', 'odd', template),
      application('app', [{ name: 'web', type: 'odd', properties }]),
      appDeployment('rollout', { 'app-v1': [on(undefined, 1)] }),
    ].join(''),
  };
}

/** Emptied blocks (`annotations:` and nothing below) are common in templates. */
describe('a template that leaves a mapping empty', () => {
  test.each([
    ['metadata', 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:'],
    ['annotations', 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n  annotations:'],
    ['labels', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:'],
    ['spec', 'apiVersion: v1\nkind: Service\nspec:'],
  ])('%s renders', async (_, extra) => {
    const { manifests } = await plan(repoWith(extra));
    expect(manifests.map(({ object }) => object.kind)).toContain(/kind: (\w+)/.exec(extra)?.[1]);
  });
});

describe('labels and annotations that are no text are a problem, not a crash', () => {
  test.each(['labels:\n    a:', 'labels:\n    a: 1', 'labels: [a]', 'annotations:\n    a: true'])(
    '%s',
    async (field) => {
      const problems = await problemsOf(repoWith(`apiVersion: v1\nkind: ConfigMap\nmetadata:\n  ${field}`));
      expect(problems.filter(({ severity }) => severity === 'error')).not.toEqual([]);
    },
  );
});

describe('a template cannot name a file outside the output folder', () => {
  const escape = '../../../../../../.github/workflows/x';
  test.each([
    ['namespace', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  namespace: {{parameter.x}}'],
    ['kind', 'apiVersion: v1\nkind: {{parameter.x}}'],
    ['name', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{parameter.x}}'],
    ['RBAC name', 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: {{parameter.x}}'],
    ['apiVersion', 'apiVersion: {{concat parameter.x "/v1"}}\nkind: Thing'],
  ])('by its %s', async (_, extra) => {
    const texts = repoWith(extra, { x: escape });
    const problems = await problemsOf(texts);
    if (problems.some(({ severity }) => severity === 'error')) return;
    const paths = [...(await plan(texts)).output.keys()];
    expect(paths.filter((path) => path.split('/').includes('..'))).toEqual([]);
  });
});

test.each(['name: 12', 'name: [x]', 'name: {}', 'namespace: [x]'])(
  'metadata.%s is a problem, not another name',
  async (field) => {
    const problems = await problemsOf(repoWith(`apiVersion: v1\nkind: ConfigMap\nmetadata:\n  ${field}`));
    expect(problems.filter(({ severity }) => severity === 'error')).not.toEqual([]);
  },
);
