import { describe, expect, test } from 'vitest';
import { chooseMainline, ciTargetBranch, type MainlineWish, refsToLookUp } from '../../src/resolve/mainline.ts';

const list = ['main', 'master'];

/** What is chosen, in short: the kind, the candidates, and the tips. */
function choose(
  names: readonly string[],
  branch: string | undefined,
  wish: Partial<MainlineWish> = {},
  remotes = ['origin', 'upstream'],
): string {
  const whole = { list, ...wish };
  const looked = refsToLookUp(whole, remotes);
  const refs = names
    .map((name) => ({ name: `refs/${name}`, commit: name }))
    .filter(({ name }) => looked.includes(name));
  const choice = chooseMainline(
    { branch: branch === undefined ? undefined : `refs/heads/${branch}`, remotes, refs },
    whole,
  );
  const short = (found: readonly { readonly commit: string }[]): string => found.map(({ commit }) => commit).join(' ');
  if (choice.kind === 'unknown') return 'unknown';
  return choice.kind === 'head'
    ? `head ${choice.name} | ${short(choice.tips)}`
    : `${short(choice.candidates)} | ${short(choice.tips)}`;
}

describe('the mainline', () => {
  test.each([
    [
      'is every remote\u2019s branch of the list',
      ['remotes/origin/main', 'remotes/upstream/main', 'heads/main'],
      'ada',
      {},
      'remotes/origin/main remotes/upstream/main | remotes/origin/main remotes/upstream/main',
    ],
    [
      'is HEAD on its local branch',
      ['remotes/origin/main', 'heads/main'],
      'main',
      {},
      'head main | remotes/origin/main',
    ],
    [
      'is never the branch\u2019s own upstream',
      ['remotes/origin/ada', 'remotes/origin/main'],
      'ada',
      {},
      'remotes/origin/main | remotes/origin/main',
    ],
    [
      'is the flag\u2019s, before CI\u2019s',
      ['remotes/origin/next', 'remotes/origin/main', 'remotes/origin/rel'],
      'ada',
      { flag: 'next', ci: 'rel' },
      'remotes/origin/next | remotes/origin/next remotes/origin/main',
    ],
    [
      'may be named with its remote',
      ['remotes/upstream/next', 'remotes/origin/next'],
      'ada',
      { flag: 'upstream/next' },
      'remotes/upstream/next | remotes/upstream/next',
    ],
    [
      'is CI\u2019s, before the list\u2019s',
      ['remotes/origin/rel', 'remotes/origin/main'],
      undefined,
      { ci: 'rel' },
      'remotes/origin/rel | remotes/origin/rel remotes/origin/main',
    ],
    [
      'is not another one where CI\u2019s is missing',
      ['remotes/origin/main', 'remotes/origin/HEAD'],
      undefined,
      { ci: 'rel' },
      'unknown',
    ],
    [
      'is the remote\u2019s HEAD where the list names nothing',
      ['remotes/origin/HEAD', 'heads/trunk'],
      'ada',
      {},
      'remotes/origin/HEAD | remotes/origin/HEAD',
    ],
    ['is the local branch where no remote has one', ['heads/main'], 'ada', {}, 'heads/main | heads/main'],
    [
      'counts the tips of all listed lines',
      ['remotes/origin/main', 'remotes/origin/rel'],
      'ada',
      { list: ['main', 'rel'] },
      'remotes/origin/main remotes/origin/rel | remotes/origin/main remotes/origin/rel',
    ],
    ['is unknown with a remote of which nothing is known', [], 'ada', {}, 'unknown'],
    ['is not a branch that only ends like it', ['remotes/origin/feature/main'], 'ada', {}, 'unknown'],
  ] as const)('%s', (_title, names, branch, wish, expected) => {
    expect(choose(names, branch, wish)).toBe(expected);
  });

  test.each([
    ['the local branch', ['heads/main'], 'ada', {}, 'heads/main | heads/main'],
    ['HEAD on the local branch', ['heads/main'], 'main', {}, 'head main | '],
    ['HEAD where there is no such branch', ['heads/trunk'], 'trunk', {}, 'head HEAD | '],
    ['HEAD when it is detached', [], undefined, {}, 'head HEAD | '],
    [
      'the flag\u2019s local branch',
      ['heads/trunk', 'heads/main'],
      'ada',
      { flag: 'trunk' },
      'heads/trunk | heads/trunk heads/main',
    ],
    ['unknown where the flag names nothing', ['heads/main'], 'ada', { flag: 'trunk' }, 'unknown'],
  ] as const)('without a remote, it is %s', (_title, names, branch, wish, expected) => {
    expect(choose(names, branch, wish, [])).toBe(expected);
  });
});

test.each([
  [{ GITHUB_BASE_REF: 'main' }, 'main'],
  [{ GITHUB_BASE_REF: '', CHANGE_TARGET: 'next' }, 'next'],
  [{ SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/release/1' }, 'release/1'],
  [{ CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' }, 'main'],
  [{ GITHUB_REF_NAME: 'ada' }, undefined],
])('the CI environment %o targets %s', (environment, expected) => {
  expect(ciTargetBranch(environment)).toBe(expected);
});
