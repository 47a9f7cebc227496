import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { appDeployment, application, cluster, on } from './support/documents.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

/** Runs the built program and kills it with SIGKILL after some milliseconds; says whether it was killed. */
async function renderKilledAfter(root: string, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [cli, 'render', '-q'], { cwd: root, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const signal = await new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_code, by) => resolve(by)));
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

/** 40 clusters with a revision each, so that writing takes a while. */
function inputs(image: string): string {
  const clusters = Array.from({ length: 40 }, (_, index) => cluster(`c${index}`, { tier: 'prod' }));
  const everywhere = [on({ labels: { tier: 'prod' }, policy: 'All' }, 2)];
  return [
    ...clusters,
    application('shop', [{ name: 'web', properties: { image } }], {}),
    appDeployment('shop', { 'shop-v1': everywhere }),
  ].join('');
}

test('kill -9 at any moment leaves whole files, and the next render brings everything right', async () => {
  const expected = new ScratchRepo({ git: false }).write({ 'all.yaml': inputs('new') });
  await expected.appdeploy('render', '-q');
  const repo = new ScratchRepo().write({ 'all.yaml': inputs('old') });
  await repo.appdeploy('render', '-q');
  repo.write({ 'all.yaml': inputs('new') });
  const old = repo.files();
  const right = expected.files();
  const outcomes: boolean[] = [];
  for (const milliseconds of [150, 300, 350, 400, 450, 500, 550, 600, 700]) {
    repo.write({ ...old, 'all.yaml': inputs('new') });
    outcomes.push(await renderKilledAfter(repo.root, milliseconds));
    for (const [path, text] of Object.entries(repo.files())) {
      if (!path.includes('.appdeploy-tmp-')) expect([old[path], right[path]]).toContain(text);
    }
    expect((await repo.appdeploy('render', '-q')).code).toBe(0);
    expect(repo.files()).toEqual(right);
  }
  expect(outcomes).toContain(true);
});
