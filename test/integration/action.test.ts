import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ActionRun, runAction } from '../support/composite-action.ts';
import { appDeployment, cluster, on } from '../support/documents.ts';
import { copyProject } from '../support/project-copy.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { shop } from '../support/shared-repo.ts';

/** The comments of a pull request, as GitHub's API keeps them: a hundred a page. */
interface Comments {
  list: { readonly id: number; body: string; readonly user: { readonly login: string; readonly type: string } }[];
  isReadOnly: boolean;
  /** Whose token it is; undefined for the job's. */
  login: string | undefined;
}

const mallory = { login: 'mallory', type: 'User' };
const place = mkdtempSync(join(tmpdir(), 'appdeploy-ci-'));
const action = join(place, 'action');
const comments: Comments = { list: [], isReadOnly: false, login: undefined };
let api: Server;

beforeAll(async () => {
  copyProject(action);
  api = createServer((request, response) => {
    const answer = (status: number, value: unknown): void => void response.writeHead(status).end(JSON.stringify(value));
    void text(request).then((sent) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://api');
      if (request.headers.authorization !== 'Bearer secret-token') return answer(401, {});
      if (request.method === 'GET' && pathname === '/repos/team/shop/issues/7/comments') {
        const page = Number(searchParams.get('page'));
        return answer(200, comments.list.slice(page * 100 - 100, page * 100));
      }
      if (pathname === '/user' && comments.login !== undefined) return answer(200, { login: comments.login });
      if (pathname === '/user' || comments.isReadOnly) return answer(403, {});
      const { body } = JSON.parse(sent) as { body: string };
      const own = comments.list.find(({ id }) => pathname === `/repos/team/shop/issues/comments/${id}`);
      if (request.method === 'PATCH' && own !== undefined) own.body = body;
      else if (request.method === 'POST') {
        const bot = { login: 'github-actions[bot]', type: 'Bot' };
        const user = comments.login === undefined ? bot : { login: comments.login, type: 'User' };
        comments.list.push({ id: comments.list.length + 1, body, user });
      }
      return answer(200, {});
    });
  });
  await new Promise<void>((resolve) => void api.listen(0, '127.0.0.1', resolve));
  writeFileSync(join(place, 'event.json'), JSON.stringify({ pull_request: { number: 7 } }));
});
afterAll(() => {
  api.close();
  rmSync(place, { recursive: true, force: true });
});
beforeEach(() => {
  comments.list = Array.from({ length: 120 }, (_, id) => ({ id, body: 'looks good', user: mallory }));
  comments.isReadOnly = false;
  comments.login = undefined;
});

const site = (replicas: number): string => appDeployment('site', { 'shop-v1': [on('east', replicas)] });

/** A clone of a pull request that raises replicas from 2 to 3; its branch is rendered unless said otherwise. */
async function pullRequest({ isRendered = true } = {}): Promise<ScratchRepo> {
  const origin = new ScratchRepo().write({
    'shop.yaml': shop('nginx:1'),
    'clusters.yaml': cluster('east'),
    'site.yaml': site(2),
  });
  await origin.appdeploy('render', '-q');
  origin.commit('first');
  origin.git('switch', '--quiet', '--create', 'more');
  origin.write({ 'site.yaml': site(3) });
  if (isRendered) await origin.appdeploy('render', '-q');
  origin.commit('more replicas');
  const clone = new ScratchRepo({ git: false });
  clone.git('clone', '--quiet', '--branch', 'more', origin.root, '.');
  return clone;
}

async function run(checkout: ScratchRepo, inputs: Readonly<Record<string, string>> = {}): Promise<ActionRun> {
  return runAction({
    action,
    checkout: checkout.root,
    inputs,
    event: 'pull_request',
    environment: {
      GITHUB_ACTIONS: 'true',
      GITHUB_BASE_REF: 'main',
      GITHUB_REPOSITORY: 'team/shop',
      GITHUB_API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
      GITHUB_EVENT_PATH: join(place, 'event.json'),
      GITHUB_TOKEN: 'secret-token',
    },
  });
}

const own = (): string[] => comments.list.map(({ body }) => body).filter((body) => body !== 'looks good');

test('a pull request gets one comment, which later runs keep up to date, and a summary', async () => {
  const repo = await pullRequest();
  const first = await run(repo);
  expect([first.ok, [...first.logs.values()].join('\n')]).toEqual([true, expect.any(String)]);
  expect(own()).toEqual([expect.stringMatching(/^<!-- appdeploy diff -->\n[^]*\*\*2 → 3\*\*/)]);
  expect(first.summary).toContain('**2 → 3**');
  await run(repo);
  expect(own()).toHaveLength(1);
  repo.write({ 'site.yaml': site(4) });
  await repo.appdeploy('render', '-q');
  expect((await run(repo.commit('even more'))).ok).toBe(true);
  expect(own()).toEqual([expect.stringContaining('**2 → 4**')]);
});

test.each([undefined, 'ci-user'])(
  'a comment of somebody else is left alone, whatever it says (token of %s)',
  async (login) => {
    const forged = '<!-- appdeploy diff -->\nNo object changes.';
    comments.login = login;
    comments.list[0] = { id: 0, body: forged, user: mallory };
    const repo = await pullRequest();
    for (let round = 0; round < 2; round++) expect((await run(repo)).ok).toBe(true);
    expect(own()).toEqual([forged, expect.stringContaining('**2 → 3**')]);
  },
);

test('two config repos in one repo have a comment each', async () => {
  const repo = await pullRequest();
  for (const folder of ['config', 'my other'])
    repo.write({ [`${folder}/appdeploy.yaml`]: 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\n' });
  const roots = ['./config/', 'my other', '.'];
  for (const root of [...roots, ...roots]) expect((await run(repo, { root, check: 'false' })).ok).toBe(true);
  expect(own().map((body) => body.slice(0, body.indexOf('###')))).toEqual([
    '<!-- appdeploy diff of config -->\nConfig repo: <code>config</code>\n\n',
    '<!-- appdeploy diff of my%20other -->\nConfig repo: <code>my other</code>\n\n',
    '<!-- appdeploy diff -->\n',
  ]);
});

test('arguments are words, whatever files there are', async () => {
  const { logs } = await run(await pullRequest(), { arguments: '--app *', check: 'false' });
  expect(logs.get('Compare with the target branch')).toContain('nothing is deployed for "*"');
});

test('output that was not rendered fails the job, after the comment', async () => {
  const { ok, logs } = await run(await pullRequest({ isRendered: false }));
  expect(ok).toBe(false);
  expect(logs.get('Check the committed output')).toContain(
    'changed rendered/clusters/east/default/site/deployment-web-v1.yaml',
  );
  expect(logs.get('Verdict')).toBe('appdeploy check ended with 1\n');
  expect(own()).toHaveLength(1);
});

test('a limit of diff fails the job, after the comment', async () => {
  const { ok, logs } = await run(await pullRequest(), { arguments: '--max-blast-radius 10%', check: 'false' });
  expect(ok).toBe(false);
  expect(logs.get('Verdict')).toBe('appdeploy diff ended with 1\n');
  expect(own()).toHaveLength(1);
});

test('where a token may only read, as for forks, the summary remains, and the job says so', async () => {
  comments.isReadOnly = true;
  const { ok, logs, summary } = await run(await pullRequest());
  expect(ok).toBe(true);
  expect(logs.get('Comment on the pull request')).toContain('::warning::appdeploy may not comment here');
  expect(summary).toContain('**2 → 3**');
});

test('the token is in no log', async () => {
  const { logs } = await run(await pullRequest());
  expect([...logs.values()].join('')).not.toContain('secret-token');
});
