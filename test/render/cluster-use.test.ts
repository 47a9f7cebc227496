import { describe, expect, test } from 'vitest';
import type { Definition } from '../../src/model/kinds.gen.ts';
import { readsCluster } from '../../src/render/cluster-use.ts';

function written(schematic: object): Definition {
  return {
    apiVersion: 'core.oam.dev/v1beta1',
    kind: 'TraitDefinition',
    metadata: { name: 'own' },
    spec: { schematic },
  } as unknown as Definition;
}

describe('whether clusters can get different objects from a definition', () => {
  test.each([
    '{{context.cluster.name}}',
    '{{#if context.clusterVersion}}a: 1{{/if}}',
    '{{#with context}}{{cluster.name}}{{/with}}',
    '{{#each context}}{{this}}{{/each}}',
    '{{#each this}}{{@key}}{{/each}}',
    '{{#with parameter}}{{#with ..}}{{context.appName}}{{/with}}{{/with}}',
    '{{#each parameter.env}}{{../context.cluster.name}}{{/each}}',
    '{{#with parameter}}{{#with this}}{{..}}{{/with}}{{/with}}',
    '{{@root.context.cluster.name}}',
    '{{concat "a" @root}}',
    '{{context.[cluster].name}}',
    '{{lookup context "cluster"}}',
    '{{#if true}}{{this}}{{/if}}',
    '{{#each parameter.none}}{{else}}{{this}}{{/each}}',
    '{{#broken}',
  ])('yes, by Handlebars: %s', (template) => {
    expect(readsCluster(written({ handlebars: { template } }))).toBe(true);
  });

  test.each([
    'name: {{context.name}}',
    '{{#each parameter.cmd}}- {{this}}{{/each}}',
    '{{#each parameter.ports}}{{#if this.expose}}{{../context.appRevision}}{{port}}{{/if}}{{/each}}',
    '{{#with parameter.image}}{{concat this ":1"}}{{/with}}',
    '{{#each context.components}}{{name}}{{/each}}',
  ])('no, by Handlebars: %s', (template) => {
    expect(readsCluster(written({ handlebars: { template } }))).toBe(false);
  });

  test.each([
    'output: metadata: name: context.cluster',
    'output: metadata: name: context["cluster"]',
    'let c = context\noutput: metadata: name: c.name',
    'for k, v in context {"\\(k)": v}',
    'if context.clusterVersion.minor < 30 {output: a: 1}',
  ])('yes, in CUE: %s', (template) => {
    expect(readsCluster(written({ cue: { template } }))).toBe(true);
  });

  test.each(['output: metadata: name: context.name', 'output: context["output"]'])('no, in CUE: %s', (template) => {
    expect(readsCluster(written({ cue: { template } }))).toBe(false);
  });
});
