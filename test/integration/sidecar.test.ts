import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { copyProject, project } from '../support/project-copy.ts';
import { dockerfileStages, playStage } from '../support/dockerfile.ts';

const user = 999;
const isRoot = process.getuid?.() === 0;
let image = '';
let examples = '';

/** Everyone may read below a folder and nobody may write, as on a read-only root. */
function seal(folder: string): void {
  execFileSync('chmod', ['-R', 'a-w,a+rX', folder]);
}

beforeAll(() => {
  const place = mkdtempSync('/tmp/appdeploy-image-');
  chmodSync(place, 0o755);
  const context = join(place, 'context');
  copyProject(context);
  for (const [name, steps] of dockerfileStages(readFileSync(`${project}Dockerfile`, 'utf8')))
    playStage(steps, { context, root: join(place, name), stages: place });
  image = join(place, 'last');
  examples = join(place, 'examples');
  cpSync(`${project}examples`, examples, { recursive: true });
  for (const folder of [image, examples]) seal(folder);
  return () => execFileSync('rm', ['-rf', place]);
}, 300_000);

/** Runs `appdeploy` of the image as user 999 (the tests' own user where they are not root), with no HOME. */
function run(example: string, parameters: readonly object[]): SpawnSyncReturns<string> {
  return spawnSync(join(image, 'usr/local/bin/appdeploy'), ['generate'], {
    cwd: join(examples, example),
    encoding: 'utf8',
    env: {
      PATH: [dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
      ARGOCD_APP_PARAMETERS: JSON.stringify(parameters),
    },
    ...(isRoot ? { uid: user, gid: user } : {}),
  });
}

/** What `render` wrote for a cluster, as a stream of documents. */
function committed(example: string, cluster: string): string {
  const folder = join(examples, example, 'rendered/clusters', cluster);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
  return paths
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((path) => `---\n${readFileSync(join(folder, path), 'utf8').split('\n').slice(1).join('\n')}`)
    .join('');
}

test('the image holds the plugin file where argocd-cmp-server looks for it', () => {
  const path = join(image, 'home/argocd/cmp-server/config/plugin.yaml');
  expect(readFileSync(path, 'utf8')).toBe(readFileSync(`${project}plugin.yaml`, 'utf8'));
});

test.each([
  ['multi-cluster', 'prod-cluster-1'],
  ['multi-cluster', 'in-cluster'],
  ['quick-start', 'in-cluster'],
])('in %s, without .git, HOME or a writable folder, it prints what %s was given', (example, cluster) => {
  const { status, stdout, stderr } = run(example, [{ name: 'cluster', string: cluster }]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe(committed(example, cluster));
  expect(stdout).not.toBe('');
});

test('without .git and without snapshots it fails with the cause, and prints nothing', () => {
  const bare = join(examples, 'bare');
  chmodSync(examples, 0o755);
  mkdirSync(bare);
  cpSync(join(project, 'examples/multi-cluster'), bare, {
    recursive: true,
    filter: (path) => !path.endsWith('/multi-cluster/revisions'),
  });
  seal(bare);
  const { status, stdout, stderr } = run('bare', [{ name: 'cluster', string: 'prod-cluster-1' }]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr.split('\n')[0]).toContain('there is no revision example-app-v2');
  expect(stderr).toContain('example-app-v2 has no snapshot to read, and there is no .git here to derive it from');
});
