import { expect, test } from 'vitest';
import { ScratchRepo } from '../support/scratch-repo.ts';

const repo = (): ScratchRepo => new ScratchRepo({ git: false });

test.each([
  [['--help'], 'Commands:'],
  [['help', 'render'], 'Usage: appdeploy render'],
  [['help', 'revisions', 'prune'], 'Usage: appdeploy revisions prune [--dry-run]'],
  [['revisions', 'prune', '--help'], 'Usage: appdeploy revisions prune [--dry-run]'],
  [['revisions', '--help'], 'appdeploy revisions restore NAME'],
  [['explain', '--help'], 'Usage: appdeploy explain PATH'],
  [['completion', '-h'], 'Usage: appdeploy completion bash'],
  [['revisions', 'diff', '--help'], 'Usage: appdeploy revisions diff A B'],
  [['clusters', 'secret', '--help'], 'Usage: appdeploy clusters secret NAME'],
])('%o shows help', async (argv, says) => {
  expect(await repo().appdeploy(...argv)).toMatchObject({ code: 0, stdout: expect.stringContaining(says) as string });
});

test.each([
  [['help', 'nope'], 'there is no help on "nope"'],
  [['help', 'revisions', 'nope'], 'there is no help on "revisions nope"'],
  [['nope'], 'unknown command "nope"'],
  [['render', '--nope'], '--nope'],
  [['render', 'nope'], 'nope'],
  [['argocd'], 'say what: appdeploy argocd bootstrap'],
  [['explain'], 'PATH|KIND/NAME|KIND/NAMESPACE/NAME is missing'],
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
