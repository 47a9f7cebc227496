import { describe, expect, test } from 'vitest';
import { application, cluster } from '../support/documents.ts';
import { fleet, rendered, shopImage, shopOn } from '../support/fleet.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

/** Four tenths of the traffic of two clusters move. */
async function changed(): Promise<ScratchRepo> {
  return (await fleet(2)).write({ 'site.yaml': shopOn(50) });
}

describe('exit codes', () => {
  test.each([
    [[], 0, ''],
    [['--exit-code'], 1, 'appdeploy diff: objects differ (--exit-code)\n'],
    [['--max-blast-radius', '100%'], 0, ''],
    [
      ['--max-blast-radius', '20%'],
      1,
      'appdeploy diff: 100% of the clusters exceeds --max-blast-radius 20%\nappdeploy diff: 40% of the traffic exceeds --max-blast-radius 20%\n',
    ],
    [['--min-capacity', '100'], 0, ''],
    [['--fail-on', 'note'], 0, ''],
    [['--exit-code', '--app', 'cart'], 0, ''],
  ] as const)('%j ends with %d', async (options, code, stderr) => {
    const repo = await changed();
    expect(await repo.appdeploy('diff', ...options)).toMatchObject({ code, stderr });
  });

  test('without a difference it is 0, whatever is asked for', async () => {
    const repo = await fleet(2);
    const options = ['--exit-code', '--max-blast-radius', '0', '--min-capacity', '100%', '--fail-on', 'note'];
    expect(await repo.appdeploy('diff', ...options)).toMatchObject({ code: 0, stderr: '' });
  });

  test('findings count from their severity on; a floor counts by itself', async () => {
    const repo = (await fleet(2)).write({ 'site.yaml': shopOn(50, { 'shop-v1': 4, 'shop-v2': 4 }) });
    const codeOf = async (...options: string[]): Promise<number> => (await repo.appdeploy('diff', ...options)).code;
    expect(await codeOf('--fail-on', 'error')).toBe(0);
    expect(await codeOf('--fail-on', 'warning')).toBe(1);
    expect(await codeOf('--fail-on', 'note')).toBe(1);
    repo.write({ 'site.yaml': shopOn(10, { 'shop-v1': 2, 'shop-v2': 2 }) });
    expect(await repo.appdeploy('diff', '--min-capacity', '80%')).toMatchObject({
      code: 1,
      stderr: 'appdeploy diff: the replicas of the whole cluster fall from 8 to 6, below 80%\n',
    });
    expect(await codeOf('--min-capacity', '75%')).toBe(0);
  });

  test.each([
    [['--format', 'html5'], '--format is one of text, markdown, html, json'],
    [['--fail-on', 'all'], '--fail-on is one of error, warning, note'],
    [['--max-blast-radius', '120%'], '--max-blast-radius is a percentage from 0% to 100%'],
    [['--min-capacity', 'x'], '--min-capacity is a percentage from 0% to 100%'],
    [['nowhere'], 'there is no commit "nowhere"'],
    [['--cluster', 'c9'], 'nothing is deployed to a cluster "c9"; known are c01, c02'],
    [['--app', 'x'], 'nothing is deployed for "x"; known are default/cart, default/shop'],
  ])('%j is wrong usage', async (options, message) => {
    const { code, stdout, stderr } = await (await fleet(2)).appdeploy('diff', ...options);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('outside of Git there is nothing to compare with', async () => {
    const repo = new ScratchRepo({ git: false });
    await expect(repo.appdeploy('diff')).rejects.toThrow('diff compares commits, and this is no Git repo');
  });
});

describe('what is compared', () => {
  test('--cluster and --app narrow it; shares are of what is left', async () => {
    const repo = await changed();
    const { stdout } = await repo.appdeploy('diff', '--cluster', 'c02');
    expect(stdout).toContain('VirtualService: 1 changed');
    expect(stdout).toContain('1 of 1 clusters (100%)');
    expect((await repo.appdeploy('diff', '--app', 'cart')).stdout).toContain('No object changes.');
    expect((await repo.appdeploy('diff', '--app', 'default/shop')).stdout).toContain('VirtualService: 2 changed');
  });

  test('--rendered compares what was committed, and renders nothing', async () => {
    const repo = await changed();
    expect((await repo.appdeploy('diff', '--rendered')).stdout).toContain('No object changes.');
    await rendered(repo);
    const [committed, planned] = [
      await repo.appdeploy('diff', 'HEAD~1', 'HEAD', '--rendered'),
      await repo.appdeploy('diff', 'HEAD~1', 'HEAD'),
    ];
    expect(committed.stdout).toContain('VirtualService: 2 changed');
    expect(committed.stdout).toBe(planned.stdout);
  });

  test('--rendered sees an edit by hand, of the output and of a published snapshot', async () => {
    const repo = await fleet(1);
    const [path, snapshot] = [
      'rendered/clusters/c01/default/shop/deployment-web-v1.yaml',
      'revisions/default/shop/shop-v1.yaml',
    ];
    repo.write({ [path]: repo.read(path).replace('replicas: 4', 'replicas: 9') });
    repo.write({ [snapshot]: repo.read(snapshot).replace('nginx:1.27', 'nginx:evil') });
    const { stdout } = await repo.appdeploy('diff', '--rendered');
    expect(stdout).toMatch(/default\/shop +shop-v1 +4 → 9/);
    expect(stdout).toContain('error SNAPSHOT_TOUCHED: the published snapshot of shop-v1 has another content');
  });

  test('Argo CD\u2019s own objects are compared, too, and do not count in the blast radius', async () => {
    const config = (url: string): string =>
      `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nargocd:\n  repoURL: https://git.example.com/${url}\n`;
    const repo = new ScratchRepo().write({
      'appdeploy.yaml': config('a.git'),
      'app.yaml': application('shop', undefined, { direct: true }) + cluster('east'),
    });
    await rendered(repo);
    const { stdout } = await repo.write({ 'appdeploy.yaml': config('b.git') }).appdeploy('diff');
    expect(stdout).toContain('AppProject: 1 changed; Application: 1 changed');
    expect(stdout).toContain('spec.source.repoURL: https://git.example.com/a.git → https://git.example.com/b.git');
    expect(stdout).toContain('0 of 1 clusters (0%)');
  });

  test('a direct Application shows its revisions with the replicas of its workload', async () => {
    const shop = (image: string): string => shopImage(image).replace('revision-only: "true"', 'revision-only: "false"');
    const repo = new ScratchRepo().write({ 'shop.yaml': shop('nginx:1') });
    await rendered(repo);
    const { stdout } = await repo.write({ 'shop.yaml': shop('nginx:2') }).appdeploy('diff');
    expect(stdout).toMatch(/default\/shop +shop-v1 +1 → –/);
    expect(stdout).toMatch(/default\/shop +shop-v2 +– → 1/);
    expect(stdout).toMatch(/default\/shop +Deployment web +web +nginx:1 → nginx:2 +in-cluster/);
  });
});
