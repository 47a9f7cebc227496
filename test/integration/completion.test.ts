import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ScratchRepo } from '../support/scratch-repo.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const example = `${project}examples/multi-cluster`;

/** Runs a shell in the example, with `appdeploy` on its PATH. */
function shell(program: string, ...args: readonly string[]): string {
  const bin = new ScratchRepo({ git: false }).root;
  symlinkSync(`${project}dist/cli.js`, `${bin}/appdeploy`);
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: bin };
  return execFileSync(program, args, { cwd: example, env, encoding: 'utf8' });
}

test('fish completes verbs and the names of clusters', () => {
  const ask = (line: string): string =>
    shell('fish', '-c', `appdeploy completion fish | source; complete --do-complete "${line}"`);
  expect(ask('appdeploy generate --cluster pr')).toBe('prod-cluster-1\tcluster\n');
  expect(ask('appdeploy revisions re')).toMatch(/^repair\t.*\nrestore\t[^\n]*\n$/);
  expect(ask('appdeploy render --output ren')).toBe('rendered/\n');
});

test('bash completes verbs and the names of clusters', () => {
  const program = `source <(appdeploy completion bash)
COMP_WORDS=(appdeploy generate --cluster pr); COMP_CWORD=3; _appdeploy; printf '%s\\n' "\${COMPREPLY[@]}"`;
  expect(shell('bash', '-c', program)).toBe('prod-cluster-1\n');
});

test('zsh reads the script', () => {
  expect(
    shell(
      'zsh',
      '-f',
      '-c',
      'autoload -Uz compinit; compinit -u -D; source <(appdeploy completion zsh); whence -w _appdeploy',
    ),
  ).toBe('_appdeploy: function\n');
});
