import { parseAllDocuments } from 'yaml';
import { expect, test } from 'vitest';
import { appDeployment, cluster, on } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { shop } from '../support/shared-repo.ts';

const files = {
  'shop.yaml': shop('nginx:1'),
  'clusters.yaml': cluster('east') + cluster('west'),
  'site.yaml': appDeployment('site', { 'shop-v1': [on('east', 2), on(undefined, 1)] }),
};

async function rendered(): Promise<ScratchRepo> {
  const repo = new ScratchRepo().write(files);
  await repo.appdeploy('render', '-q');
  return repo.commit();
}

test.each(['east', 'in-cluster'])(
  'generate prints for %s the objects that render writes, and writes nothing',
  async (name) => {
    const repo = await rendered();
    const before = repo.files();
    const { code, stdout, stderr } = await repo.appdeploy('generate', '--cluster', name);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const written = Object.values(repo.files(`rendered/clusters/${name}`)).map((text) =>
      text.split('\n').slice(1).join('\n'),
    );
    expect(stdout).toBe(written.map((text) => `---\n${text}`).join(''));
    expect(parseAllDocuments(stdout)).toHaveLength(written.length);
    expect(repo.files()).toEqual(before);
  },
);

test('a cluster on which nothing runs is refused, unless that is accepted', async () => {
  const repo = await rendered();
  expect(await repo.appdeploy('generate', '--cluster', 'west')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('EMPTY_RESULT: nothing is placed on west') as string,
  });
  expect(await repo.appdeploy('generate', '--cluster', 'west', '--allow-empty')).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
  expect(await repo.appdeploy('generate', '--cluster', 'north')).toMatchObject({ code: 2, stdout: '' });
  expect(await repo.appdeploy('generate')).toMatchObject({ code: 2, stdout: '' });
});

test.each([
  {
    where: 'without .git',
    prepare: (repo: ScratchRepo) => repo.write({ '.git': undefined }),
    says: 'there is no .git here to derive it from',
  },
  {
    where: 'in a shallow clone',
    prepare: (repo: ScratchRepo) => repo.write({ 'README.md': '' }).commit().cloneShallow(),
    says: 'UNKNOWN_MAINLINE: the content of default/shop has no snapshot yet, and its number cannot be told: the clone is shallow',
  },
])('what is not recorded is refused $where, and the cause is said', async ({ prepare, says }) => {
  const repo = prepare(new ScratchRepo().write(files).commit());
  const { code, stdout, stderr } = await repo.appdeploy('generate', '--cluster', 'east');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(says);
});

test('a revision that needs a snapshot is refused without history, and the cause is said', async () => {
  const repo = await rendered();
  repo.write({ 'shop.yaml': shop('nginx:2') });
  await repo.appdeploy('render', '-q');
  repo.write({
    'site.yaml': appDeployment('site', { 'shop-v2': [on('east', 2)] }),
    revisions: undefined,
    '.git': undefined,
  });
  const { code, stdout, stderr } = await repo.appdeploy('generate', '--cluster', 'east');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain('UNKNOWN_REVISION: there is no revision shop-v2');
  expect(stderr).toContain('shop-v2 has no snapshot to read, and there is no .git here to derive it from');
});

test('with the whole history, what is not recorded is derived, with a warning', async () => {
  const repo = new ScratchRepo().write(files).commit();
  const { code, stdout, stderr } = await repo.appdeploy('generate', '--cluster', 'east');
  expect(code).toBe(0);
  expect(stdout).toContain('name: web-v1');
  expect(stderr).toContain('warning UNPINNED_REVISION: shop-v1 has no snapshot; its number comes from the history');
});

test('recorded snapshots need neither .git nor history', async () => {
  const repo = await rendered();
  const whole = (await repo.appdeploy('generate', '--cluster', 'east')).stdout;
  const bare = repo.cloneShallow();
  expect((await bare.appdeploy('generate', '--cluster', 'east')).stdout).toBe(whole);
  bare.write({ '.git': undefined });
  expect((await bare.appdeploy('generate', '--cluster', 'east')).stdout).toBe(whole);
});
