import { expect, test } from 'vitest';
import { appDeployment, application, on } from './support/documents.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

test('render, commit, render again: nothing changes', async () => {
  const repo = new ScratchRepo().write({
    'app.yaml': application('shop') + appDeployment('shop', { 'shop-v1': [on(undefined, 2)] }),
  });
  expect(await repo.appdeploy('render', '-q')).toEqual({ code: 0, stdout: '', stderr: '' });
  repo.commit();
  expect((await repo.appdeploy('render')).stdout).toContain('nothing changed');
  expect((await repo.appdeploy('check')).code).toBe(0);
});
