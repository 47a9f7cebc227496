import { expect, test } from 'vitest';
import { ScratchRepo } from '../support/scratch-repo.ts';

const repo = (): ScratchRepo => new ScratchRepo({ git: false });

test.each([
  [['--help'], 'Commands:'],
  [['help', 'render'], 'Usage: appdeploy render'],
  [['help', 'revisions', 'prune'], 'Usage: appdeploy revisions prune [--dry-run]'],
  [['revisions', 'prune', '--help'], 'Usage: appdeploy revisions prune [--dry-run]'],
  [['revisions', '--help'], 'appdeploy revisions restore NAME'],
])('%o shows help', async (argv, says) => {
  expect(await repo().appdeploy(...argv)).toMatchObject({ code: 0, stdout: expect.stringContaining(says) as string });
});

test.each([
  ['explain'],
  ['clusters', 'secret'],
  ['revisions', 'diff'],
  ['revisions', 'show'],
  ['definitions', 'show'],
  ['diff', 'a', 'b', 'c'],
])('%s --help asks for no argument', async (...words) => {
  const { code, stdout } = await repo().appdeploy(...words, '--help');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Usage: appdeploy ') as string });
});

test.each([
  [['help', 'nope'], 'there is no help on "nope"'],
  [['help', 'revisions', 'nope'], 'there is no help on "revisions nope"'],
  [['nope'], 'unknown command "nope"'],
  [['render', '--nope'], '--nope'],
  [['render', 'nope'], 'nope'],
  [['argocd'], 'say what: appdeploy argocd bootstrap'],
])('%o is wrong usage', async (argv, says) => {
  expect(await repo().appdeploy(...argv)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(says) as string,
  });
});

test('--version prints the version alone', async () => {
  expect(await repo().appdeploy('--version')).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
});
