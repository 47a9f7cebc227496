/** A branch, local or remote-tracking. */
export interface Ref {
  /** Full name, `refs/remotes/origin/main`. */
  readonly name: string;
  readonly commit: string;
  /** What a symbolic ref leads to: of `refs/remotes/origin/HEAD`, the remote's main branch. */
  readonly target?: string;
}

/** The refs of a clone that may matter. */
export interface Refs {
  /** Full name of the branch that is checked out; undefined with a detached HEAD. */
  readonly branch: string | undefined;
  readonly remotes: readonly string[];
  readonly refs: readonly Ref[];
}

/** Which branch is meant to be the mainline, by who says so. */
export interface MainlineWish {
  /** --mainline */
  readonly flag?: string | undefined;
  /** The target branch of a pull request, from the CI's environment. */
  readonly ci?: string | undefined;
  /** The config's `mainline`, in its order. */
  readonly list: readonly string[];
}

/**
 * `head`: HEAD itself is on the mainline. `refs`: the mainline is one of these; the nearest
 * merge-base decides. `tips` are the tips of all mainlines, whose numbers are taken.
 */
export type MainlineChoice =
  | { readonly kind: 'head'; readonly name: string; readonly tips: readonly Ref[] }
  | { readonly kind: 'refs'; readonly candidates: readonly Ref[]; readonly tips: readonly Ref[] }
  | { readonly kind: 'unknown'; readonly tried: readonly string[] };

/** The variables in which CI systems name the target branch of a pull request. */
const targetBranchVariables = [
  'GITHUB_BASE_REF',
  'CI_MERGE_REQUEST_TARGET_BRANCH_NAME',
  'BITBUCKET_PR_DESTINATION_BRANCH',
  'SYSTEM_PULLREQUEST_TARGETBRANCH',
  'BUILDKITE_PULL_REQUEST_BASE_BRANCH',
  'CHANGE_TARGET',
  'DRONE_TARGET_BRANCH',
];

/** The target branch of the pull request that a CI job runs for; undefined outside of one. */
export function ciTargetBranch(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = targetBranchVariables
    .map((name) => environment[name])
    .find((value) => value !== undefined && value !== '');
  // Azure writes refs/heads/main.
  return named?.replace(/^refs\/heads\//, '');
}

/** The names of the refs that `chooseMainline` wants to see. */
export function refsToLookUp({ flag, ci, list }: MainlineWish, remotes: readonly string[]): string[] {
  const names = [...new Set([flag, ci, ...list].filter((name) => name !== undefined))];
  const heads = remotes.map((remote) => `refs/remotes/${remote}/HEAD`);
  return [...names.flatMap((name) => [`refs/heads/${name}`, ...remoteNames(name, remotes)]), ...heads];
}

/**
 * Finds the mainline: the flag, else the CI's target branch, else the config's list, each under
 * every remote so that a fork's stale origin does not decide; else the remote's HEAD; else a local
 * branch of that name. A feature branch's own upstream never counts. HEAD stands in where it is on
 * the mainline's local branch, and where there is no remote and no such branch.
 */
export function chooseMainline({ branch, remotes, refs }: Refs, wish: MainlineWish): MainlineChoice {
  const byName = new Map(refs.map((ref) => [ref.name, ref]));
  const existing = (names: readonly string[]): Ref[] => [...new Set(names)].flatMap((name) => byName.get(name) ?? []);
  const explicit = wish.flag ?? wish.ci;
  const wanted = explicit === undefined ? wish.list : [explicit];
  const remote = (names: readonly string[]): Ref[] => existing(names.flatMap((name) => remoteNames(name, remotes)));
  const local = (names: readonly string[]): Ref[] => existing(names.map((name) => `refs/heads/${name}`));

  const named = [...new Set([...remote(wanted), ...remote(wish.list)])];
  const tips = named.length > 0 ? named : local(wish.list);
  if (branch !== undefined && wanted.some((name) => branch === `refs/heads/${name}`))
    return { kind: 'head', name: shortName(branch), tips: tips.filter(({ name }) => name !== branch) };
  const heads = explicit === undefined ? existing(remotes.map((name) => `refs/remotes/${name}/HEAD`)) : [];
  const isRemoteHead = ({ name, target }: Ref): boolean => {
    const folder = name.slice(0, -'HEAD'.length);
    return branch !== undefined && target === `${folder}${branch.slice('refs/heads/'.length)}`;
  };
  // A remote's main branch, checked out, is as good as one of the list.
  if (branch !== undefined && named.length === 0 && heads.some(isRemoteHead))
    return { kind: 'head', name: shortName(branch), tips: heads };
  const candidates = [remote(wanted), heads, local(wanted)].find((found) => found.length > 0) ?? [];
  if (candidates.length > 0) return { kind: 'refs', candidates, tips: [...new Set([...candidates, ...tips])] };
  if (remotes.length === 0 && explicit === undefined) return { kind: 'head', name: 'HEAD', tips: [] };
  return { kind: 'unknown', tried: wanted.flatMap((name) => [...remoteNames(name, remotes), name].map(shortName)) };
}

/** `origin/main` for `refs/remotes/origin/main`, `main` for `refs/heads/main`. */
export function shortName(ref: string): string {
  return ref.replace(/^refs\/(?:remotes|heads)\//, '');
}

/** Under every remote; a name that begins with a remote's is one already. */
function remoteNames(name: string, remotes: readonly string[]): string[] {
  const full = remotes.some((remote) => name.startsWith(`${remote}/`)) ? [`refs/remotes/${name}`] : [];
  return [...full, ...remotes.map((remote) => `refs/remotes/${remote}/${name}`)];
}
