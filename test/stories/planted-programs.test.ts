import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appDeployment, application, on } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

/** A repo with two commits, and a program in it that leaves a mark when it runs. */
function repoWithProgram(): { readonly repo: ScratchRepo; readonly program: string; readonly ran: () => boolean } {
  const repo = new ScratchRepo();
  const mark = join(repo.root, 'mark');
  const program = join(repo.root, 'program');
  repo.write({
    'a.yaml': application('shop', [{ name: 'web' }]),
    'd.yaml': appDeployment('site', { 'shop-v1': [on(undefined, 1)] }),
    program: `#!/bin/sh\ntouch ${mark}\n`,
    '.gitattributes': '*.yaml diff=planted filter=planted\n',
  });
  chmodSync(program, 0o755);
  repo.commit();
  return { repo, program, ran: () => existsSync(mark) };
}

const settings = [
  'core.fsmonitor',
  'core.pager',
  'pager.log',
  'diff.external',
  'diff.planted.command',
  'diff.planted.textconv',
  'filter.planted.clean',
  'filter.planted.smudge',
  'filter.planted.process',
  'core.sshCommand',
  'core.askPass',
  'core.editor',
  'gpg.program',
  'credential.helper',
  'alias.ls-files',
  'alias.log',
];

test.each(settings)('a program that the repo\u2019s config names as %s is never started', async (setting) => {
  const { repo, program, ran } = repoWithProgram();
  expect((await repo.appdeploy('render')).code).toBe(0);
  repo.commit();
  repo.write({ 'a.yaml': application('shop', [{ name: 'web', properties: { image: 'nginx:2' } }]) });
  repo.git('config', setting, setting.startsWith('alias') ? `!${program}` : program);
  const verbs = [
    ['validate'],
    ['check'],
    ['diff', 'HEAD'],
    ['revisions'],
    ['placements'],
    ['render'],
    ['check', '--staged'],
  ];
  for (const verb of verbs) expect([verb, (await repo.appdeploy(...verb)).code]).not.toEqual([verb, 2]);
  expect(ran()).toBe(false);
});

test('hooks that the repo\u2019s config points to are never started', async () => {
  const { repo, program, ran } = repoWithProgram();
  const hooks = ['post-index-change', 'reference-transaction', 'pre-auto-gc', 'fsmonitor-watchman'];
  repo.write(Object.fromEntries(hooks.map((hook) => [`hooks/${hook}`, `#!/bin/sh\n${program}\n`])));
  for (const hook of hooks) chmodSync(join(repo.root, 'hooks', hook), 0o755);
  repo.git('config', 'core.hooksPath', join(repo.root, 'hooks'));
  for (const verb of [['render'], ['check'], ['diff', 'HEAD']]) await repo.appdeploy(...verb);
  expect(ran()).toBe(false);
});
