import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ScratchRepo } from '../support/scratch-repo.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

test('npm pack gives a package that works where it is installed', () => {
  const place = new ScratchRepo({ git: false });
  const pack = execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', place.root, '--json'], {
    cwd: project,
    encoding: 'utf8',
  });
  const [{ filename, files }] = JSON.parse(pack) as [{ filename: string; files: { path: string }[] }];
  const paths = files.map(({ path }) => path);
  expect(paths).toContain('dist/cli.js');
  expect(paths).toContain('dist/schema/kinds/app-deployment.json');
  expect(paths.filter((path) => /^(src|test|examples|scripts)\//.test(path))).toEqual([]);
  place.write({ 'package.json': '{"private":true}' });
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${filename}`], {
    cwd: place.root,
    stdio: 'ignore',
  });
  const run = (...args: string[]): string =>
    execFileSync(`${place.root}/node_modules/.bin/appdeploy`, args, { cwd: `${place.root}/repo`, encoding: 'utf8' });
  place.write({ 'repo/.keep': '' });
  expect(run('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(run('init')).toContain('wrote appdeploy.yaml');
  expect(run('render')).toContain('rendered/clusters/in-cluster/default/hello/deployment-web-v1.yaml');
  expect(run('check')).toBe('in sync\n');
  execFileSync('git', ['init', '--quiet'], { cwd: `${place.root}/repo` });
  expect(run('diff', '--format', 'html')).toMatch(/^<!doctype html>\n/);
});
