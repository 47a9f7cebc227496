import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import schema from '../../src/schema/reports/problems.json' with { type: 'json' };
import { problemKinds } from '../../src/model/problem-codes.ts';
import { dig, digList } from '../../src/model/plain.ts';
import { appDeployment, cluster, on } from '../support/documents.ts';
import { type Outcome, ScratchRepo } from '../support/scratch-repo.ts';
import { shop } from '../support/shared-repo.ts';

/** An unknown revision (an error), in a config repo below the top of a Git repo. */
const broken = (): ScratchRepo =>
  new ScratchRepo().write({
    'config/appdeploy.yaml': 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\n',
    'config/shop.yaml': shop('nginx:1'),
    'config/site, 100%.yaml': cluster('east') + appDeployment('site', { 'shop-v9': [on('east', 1)] }),
  });

const within = async (format: string, verb = 'check'): Promise<Outcome> =>
  broken().appdeploy(verb, '--root', 'config', '--problems', format);

test('text is the default', async () => {
  expect(await within('text')).toEqual(await broken().appdeploy('check', '--root', 'config'));
});

test.each(['check', 'render', 'generate', 'revisions', 'validate'])(
  'json of %s is all of standard error',
  async (verb) => {
    const { stdout, stderr } = await within('json', verb);
    const found = JSON.parse(stderr) as unknown[];
    expect(new Ajv().compile(schema)(found)).toBe(true);
    if (verb === 'revisions') return;
    expect(stdout).toBe('');
    expect(found).toMatchObject([{ code: 'UNKNOWN_REVISION', severity: 'error', origin: { path: 'site, 100%.yaml' } }]);
  },
);

test('json is an empty list where all is well', async () => {
  const repo = new ScratchRepo().write({ 'shop.yaml': shop('nginx:1') });
  await repo.appdeploy('render', '-q', '--allow-empty');
  expect(await repo.appdeploy('check', '--allow-empty', '--problems', 'json')).toEqual({
    code: 0,
    stdout: 'in sync\n',
    stderr: '[]\n',
  });
});

test('github adds workflow commands to the text, with paths as the workspace has them, escaped', async () => {
  const { code, stderr } = await within('github');
  expect(code).toBe(1);
  const text = (await within('text')).stderr;
  expect(stderr.startsWith(text)).toBe(true);
  expect(stderr.slice(text.length)).toMatch(
    /^::error file=config\/site%2C 100%25\.yaml,line=\d+,col=\d+,title=UNKNOWN_REVISION::there is no revision shop-v9 in namespace default%0A[^\n]*\n$/,
  );
  const repo = broken();
  const environment = { GITHUB_WORKSPACE: `${repo.root}/config` };
  const inside = await repo.appdeployWith({ environment }, 'check', '--root', 'config', '--problems', 'github');
  expect(inside.stderr).toContain('::error file=site%2C 100%25.yaml,');
});

test('sarif has a rule for each code, and a result for each problem at its place', async () => {
  const { code, stderr } = await within('sarif');
  expect(code).toBe(1);
  const run = dig(JSON.parse(stderr), 'runs', 0);
  expect(digList(run, 'tool', 'driver', 'rules')).toEqual([
    {
      id: 'UNKNOWN_REVISION',
      shortDescription: { text: problemKinds.UNKNOWN_REVISION.summary },
      help: { text: problemKinds.UNKNOWN_REVISION.cure },
      defaultConfiguration: { level: 'error' },
    },
  ]);
  expect(digList(run, 'results')).toMatchObject([
    {
      ruleId: 'UNKNOWN_REVISION',
      ruleIndex: 0,
      locations: [{ physicalLocation: { artifactLocation: { uri: 'config/site%2C%20100%25.yaml' } } }],
    },
  ]);
});

test('another format is wrong usage', async () => {
  expect(await within('xml')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('--problems xml is none of text, json, github, sarif') as string,
  });
});
