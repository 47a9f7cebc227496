import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { appDeployment, cluster, on } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { shop } from '../support/shared-repo.ts';

const repo = (): ScratchRepo =>
  new ScratchRepo().write({
    'shop.yaml': shop('nginx:1'),
    'site.yaml': cluster('east') + cluster('west') + appDeployment('site', { 'shop-v1': [on('east', 1)] }),
  });

/** The words that completion offers after `appdeploy …`. */
async function words(...line: readonly string[]): Promise<string[]> {
  const { code, stdout, stderr } = await repo().appdeploy('complete', '--', ...line);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout
    .split('\n')
    .filter((each) => each !== '')
    .map((each) => each.split('\t')[0] ?? '');
}

test.each([
  [['re'], ['render', 'revisions']],
  [
    ['revisions', 're'],
    ['repair', 'restore'],
  ],
  [['render', '--al'], ['--allow-empty']],
  [
    ['generate', '--view', ''],
    ['cluster', 'argocd'],
  ],
  [['check', '--problems', 'g'], ['github']],
  [
    ['generate', '--cluster', ''],
    ['in-cluster', 'east', 'west'],
  ],
  [['generate', '--cluster', 'w'], ['west']],
  [['diff', '--format', 'h'], ['html']],
  [['diff', '--app', ''], ['site']],
  [['what-if', '--drain', 'e'], ['east']],
  [['revisions', 'show', ''], ['shop-v1']],
  [['revisions', 'cut', ''], ['shop']],
  [['nothing', ''], []],
  [['render', '--output', ''], []],
])('after %j it offers %j', async (line, offered) => {
  expect((await words(...line)).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
    [...offered].toSorted((a, b) => (a < b ? -1 : 1)),
  );
});

test('every word says what it means', async () => {
  const { stdout } = await repo().appdeploy('complete', '--', '');
  expect(stdout).toContain('render\twrite the manifests of every cluster');
  expect(stdout).not.toContain('complete\t');
});

test('where the repo cannot be read, the words of the program remain', async () => {
  const broken = repo().write({ 'site.yaml': 'apiVersion: core.oam.dev/v1beta1\nkind: Cluster\n' });
  expect(await broken.appdeploy('complete', '--', 'generate', '--cluster', '')).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
});

test.each(['bash', 'zsh', 'fish'])('completion %s prints a script that calls it', async (shell) => {
  const { code, stdout } = await repo().appdeploy('completion', shell);
  expect({ code, calls: stdout.includes('appdeploy complete -- ') }).toEqual({ code: 0, calls: true });
});

test('there is none for another shell', async () => {
  expect(await repo().appdeploy('completion', 'powershell')).toMatchObject({ code: 2, stdout: '' });
});

test('bash takes the script', async () => {
  const script = (await repo().appdeploy('completion', 'bash')).stdout;
  const program = `appdeploy() { printf 'render\\twrite\\nrevisions\\tlist\\n'; }
${script}
COMP_WORDS=(appdeploy re); COMP_CWORD=1; _appdeploy; printf '%s\\n' "\${COMPREPLY[@]}"`;
  expect(execFileSync('bash', ['-c', program], { encoding: 'utf8' })).toBe('render\nrevisions\n');
});
