import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { application, appDeployment, cluster, gateway, on, target } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { shop } from '../support/shared-repo.ts';

/** A repo with something for every list: meshes, all kinds of selectors, traffic, an autoscaler, a direct and an undeployed Application. */
async function everything(): Promise<ScratchRepo> {
  const traffic = {
    hosts: ['shop.example.com'],
    gateways: ['public'],
    http: [{ weightedTargets: [target('shop-v1', 100)] }],
  };
  const repo = new ScratchRepo().write({
    'shop.yaml': shop('nginx:1'),
    'direct.yaml': application('blog', [{ name: 'blog' }], { direct: true }) + gateway('public'),
    'clusters.yaml': cluster('east', { tier: 'prod', 'appdeploy.dev/mesh': 'one' }) + cluster('west', { tier: 'prod' }),
    'site.yaml': appDeployment(
      'site',
      { 'shop-v1': [on({ labels: { tier: 'prod' } }, 2), on(undefined, 1)] },
      { traffic },
    ),
    'all.yaml':
      appDeployment('everywhere', { 'job-v1': [on('west', 1)] }) +
      application('job', [{ name: 'job', traits: [{ type: 'hpa', properties: {} }] }]),
  });
  await repo.appdeploy('render', '-q');
  repo.commit();
  return repo.write({ 'shop.yaml': shop('nginx:2') });
}

test.each(['check', 'render', 'revisions', 'placements', 'clusters', 'definitions'])(
  '%s --json is as its schema says, and the schema leaves no field out',
  async (verb) => {
    const repo = await everything();
    const { stdout } = await repo.appdeploy(verb, '--json');
    const report = JSON.parse(stdout) as object;
    expect(Object.keys(report)).not.toHaveLength(0);
    const file = new URL(`../../src/schema/reports/${verb}.json`, import.meta.url);
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(file, 'utf8')) as object,
    );
    expect(validate(report) ? [] : validate.errors).toEqual([]);
  },
);
