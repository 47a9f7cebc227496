import { expect, test } from 'vitest';
import { fleet, shopOn } from '../support/fleet.ts';
import type { ScratchRepo } from '../support/scratch-repo.ts';

/** main: 50; branch: 60 from main; then main goes on with 70. */
async function forked(): Promise<ScratchRepo> {
  const repo = await fleet(1);
  const commit = async (weight: number): Promise<void> => {
    repo.write({ 'site.yaml': shopOn(weight) });
    await repo.appdeploy('render', '-q');
    repo.commit();
  };
  await commit(50);
  repo.git('switch', '--quiet', '--create', 'branch');
  await commit(60);
  repo.git('switch', '--quiet', 'main');
  await commit(70);
  return repo;
}

const body = (stdout: string): string => stdout.split('\n').slice(1).join('\n');

test('BASE..HEAD are two commits, and BASE...HEAD begins at their merge base; an empty side is HEAD', async () => {
  const repo = await forked();
  const diff = async (...args: string[]): Promise<string> => body((await repo.appdeploy('diff', ...args)).stdout);
  const [plain, base] = [await diff('main', 'branch'), await diff('main~1', 'branch')];
  expect(plain).toContain('70 → 60');
  expect(await diff('main..branch')).toBe(plain);
  expect(await diff('..branch')).toBe(plain);
  expect(base).toContain('50 → 60');
  expect(await diff('main...branch')).toBe(base);
  expect(await diff('branch...')).toBe(await diff('main~1', 'main'));
});

test.each([
  [['nope..branch'], 'there is no commit "nope"'],
  [['main..branch', 'main'], 'main..branch names both sides already; main is one too many'],
])('%j is wrong usage', async (args, says) => {
  const repo = await forked();
  expect(await repo.appdeploy('diff', ...args)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(says) as string,
  });
});

test('a commit may be named by the text of its message, and by an annotated tag', async () => {
  const repo = await forked();
  repo.git('commit', '--quiet', '--allow-empty', '--message', 'a word to find');
  repo.git('tag', '--annotate', '--message', 'text', 'release', 'branch');
  const diff = async (...args: string[]): Promise<string> => body((await repo.appdeploy('diff', ...args)).stdout);
  expect(await diff(':/a word', 'release')).toContain('70 → 60');
  expect((await repo.appdeploy('diff', 'HEAD^{tree}')).code).toBe(2);
});
