import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { kubectlProgram } from '../support/programs.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const manifests = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.includes('rendered/clusters/') && path.endsWith('.yaml'),
);
let kubectl = '';

beforeAll(() => {
  kubectl = kubectlProgram();
}, 300_000);

/** Reads a manifest with the real kubectl, without a cluster. */
function read(path: string): string {
  return execFileSync(
    kubectl,
    ['label', '--local', '--dry-run=client', '--output', 'name', '--filename', path, 'read=yes'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
}

test('there are manifests to read', () => {
  expect(manifests.length).toBeGreaterThan(15);
});

test.each(manifests)('kubectl reads %s', (path) => {
  const [kind, ...name] = (path.split('/').at(-1) ?? '').replace('.yaml', '').split('-');
  expect(read(`${examples}${path}`).trim()).toMatch(new RegExp(`^${kind ?? ''}(\\.[a-z0-9.]+)?/${name.join('-')}$`));
});

test('kubectl refuses what is no manifest', () => {
  expect(() => read(`${examples}quick-start/README.md`)).toThrow();
});
