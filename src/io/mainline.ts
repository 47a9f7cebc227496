import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { placementFolder, snapshotFolder } from '../load/record-folders.ts';
import {
  chooseMainline,
  type MainlineChoice,
  type MainlineWish,
  type Ref,
  refsToLookUp,
  shortName,
} from '../resolve/mainline.ts';
import type { Listing, Mainline } from '../resolve/record.ts';
import { EnvironmentError } from './environment-error.ts';
import { listCommit } from './commit.ts';
import type { WorkTree } from './git.ts';

const folders = [`${snapshotFolder}/`, `${placementFolder}/`];

/**
 * Finds the mainline, and lists its records at the merge-base and at the tips: five processes, and
 * one for each commit that is listed.
 *
 * @throws EnvironmentError when --mainline names a branch that does not exist
 */
export async function readMainline(workTree: WorkTree, wish: MainlineWish): Promise<Mainline> {
  const choice = await chooseFrom(workTree, wish);
  if (choice.kind === 'unknown') {
    const tried = choice.tried.join(', ');
    if (wish.flag !== undefined)
      throw new EnvironmentError(`there is no branch ${wish.flag} for --mainline; looked for ${tried}`);
    return { kind: 'unknown', reason: `no mainline was found (looked for ${tried || 'a branch of a remote'})` };
  }
  const { isShallow, head } = workTree;
  const found =
    choice.kind === 'head'
      ? { name: choice.name, bases: head === undefined ? [] : [head] }
      : await nearest(workTree, choice.candidates);
  if (choice.kind === 'refs' && isShallow && found.bases.length === 0)
    return { kind: 'unknown', reason: `the clone is too shallow to tell where it left ${found.name}` };
  const listings = await listAll(workTree, [...found.bases, ...choice.tips.map(({ commit }) => commit)]);
  const listing = (ref: string, commit: string): Listing => ({ ref, commit, blobs: listings.get(commit) ?? new Map() });
  return {
    kind: 'known',
    name: found.name,
    isShallow,
    bases: found.bases.map((commit) => listing(found.name, commit)),
    tips: choice.tips.map(({ name, commit }) => listing(shortName(name), commit)),
  };
}

/**
 * The work tree as a commit has it. What the checked-out branch contains is seen on that branch, as
 * if it ended there, so that a mainline which is not pushed yet counts for its older commits too;
 * any other commit is seen as a detached HEAD.
 */
export async function seenAt(workTree: WorkTree, commit: string): Promise<WorkTree & { readonly commit: string }> {
  const isOnBranch = (await workTree.git.ask('merge-base', commit, 'HEAD'))?.trim() === commit;
  const branch = isOnBranch ? await checkedOut(workTree) : undefined;
  return { ...workTree, head: commit, commit, branch };
}

/** Full name of the branch that is checked out, or being rebased; undefined with a detached HEAD. */
async function checkedOut(workTree: WorkTree): Promise<string | undefined> {
  if (workTree.commit !== undefined) return workTree.branch;
  return (await workTree.git.ask('symbolic-ref', '--quiet', 'HEAD'))?.trim() || rebasedBranch(workTree);
}

/** The branch that is being rebased: its commits so far are still its own. */
async function rebasedBranch({ git, folder }: WorkTree): Promise<string | undefined> {
  for (const state of ['rebase-merge', 'rebase-apply']) {
    const path = (await git.ask('rev-parse', '--git-path', `${state}/head-name`))?.trim();
    const name = path === undefined ? undefined : await readFile(resolve(folder, path), 'utf8').catch(() => undefined);
    if (name !== undefined) return name.trim();
  }
  return undefined;
}

async function chooseFrom(workTree: WorkTree, wish: MainlineWish): Promise<MainlineChoice> {
  const { git } = workTree;
  const [listedRemotes, branch] = await Promise.all([git.run('remote'), checkedOut(workTree)]);
  const remotes = listedRemotes.split('\n').filter((name) => name !== '');
  const wanted = refsToLookUp(wish, remotes);
  // Newest first, so that a stale fork's tip is asked last.
  const format = ['--sort=-committerdate', '--format=%(objectname) %(refname) %(symref)'];
  const listed = wanted.length === 0 ? '' : await git.run('for-each-ref', ...format, ...wanted);
  const refs = listed.split('\n').flatMap((line): Ref[] => {
    const [commit = '', name = '', target = ''] = line.split(' ');
    return wanted.includes(name) ? [{ name, commit, ...(target === '' ? {} : { target }) }] : [];
  });
  return chooseMainline({ branch, remotes, refs }, wish);
}

/** The nearest merge-bases of HEAD with any of the refs, and the newest of the refs that have them. */
async function nearest(
  { git, head }: WorkTree,
  candidates: readonly Ref[],
): Promise<{ readonly name: string; readonly bases: readonly string[] }> {
  const name = shortName(candidates[0]?.name ?? '');
  if (head === undefined) return { name, bases: [] };
  // With several commits, Git answers for a merge of them all: the best, the nearest, common ancestors.
  const found = await git.ask('merge-base', '--all', head, ...new Set(candidates.map(({ commit }) => commit)));
  const bases = (found ?? '').split('\n').filter((line) => line !== '');
  const [base] = bases;
  if (base === undefined || candidates.length === 1) return { name, bases };
  const containing = await git.run(
    'for-each-ref',
    '--format=%(refname)',
    `--contains=${base}`,
    ...candidates.map((ref) => ref.name),
  );
  const names = containing.split('\n');
  const holder = candidates.find((ref) => names.includes(ref.name));
  return { name: shortName(holder?.name ?? candidates[0]?.name ?? ''), bases };
}

async function listAll(
  workTree: WorkTree,
  commits: readonly string[],
): Promise<Map<string, ReadonlyMap<string, string>>> {
  const wanted = [...new Set(commits)];
  const listings = await Promise.all(wanted.map((commit) => listCommit(workTree, commit, folders)));
  return new Map(wanted.map((commit, index) => [commit, listings[index] ?? new Map<string, string>()]));
}
