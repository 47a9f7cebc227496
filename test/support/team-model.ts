import { expect } from 'vitest';
import { appDeployment, cluster, on } from './documents.ts';
import { type Clone, type MergeKind, SharedRepo, shop } from './shared-repo.ts';

/** The two people of the model; each has a clone, an AppDeployment, and a cluster for it. */
export type Member = 'ada' | 'bob';

/** What a member does. */
export type Step =
  | { readonly kind: 'edit'; readonly who: Member; readonly image: string }
  | { readonly kind: 'deploy'; readonly who: Member }
  | { readonly kind: 'save'; readonly who: Member }
  | { readonly kind: 'fetch'; readonly who: Member }
  | { readonly kind: 'update'; readonly who: Member; readonly how: 'merge' | 'rebase' }
  | { readonly kind: 'land'; readonly who: Member; readonly how: MergeKind }
  | { readonly kind: 'branch'; readonly who: Member }
  | { readonly kind: 'revert'; readonly who: Member };

const owned = (who: Member): string => `site-${who}.yaml`;

/** A team that works on one shared repo, and what must hold after each of its steps. */
export class Team {
  private readonly shared: SharedRepo;
  private readonly clones: Readonly<Record<Member, Clone>>;
  /** What every snapshot that ever stood on main held. */
  private readonly published = new Map<string, string>();
  private branches = 0;

  private constructor(shared: SharedRepo) {
    this.shared = shared;
    this.clones = { ada: shared.clone(), bob: shared.clone() };
  }

  static async open(): Promise<Team> {
    const shared = await SharedRepo.open();
    const setup = shared.clone();
    const sites = { [owned('ada')]: site('ada', 'shop-v1'), [owned('bob')]: site('bob', 'shop-v2') };
    setup.write({ 'deployment.yaml': undefined, 'clusters.yaml': cluster('ada') + cluster('bob'), ...sites });
    await setup.render();
    setup.commit().git('push', '--quiet', 'origin', 'main');
    const team = new Team(shared);
    for (const who of ['ada', 'bob'] as const) team.startBranch(who);
    team.takeNote(team.main());
    return team;
  }

  /** Does a step, and checks what must hold. */
  async take(step: Step): Promise<void> {
    const clone = this.clones[step.who];
    if (step.kind === 'edit') clone.write({ 'shop.yaml': shop(step.image) });
    if (step.kind === 'deploy') clone.write({ [owned(step.who)]: site(step.who, newest(clone)) });
    if (step.kind === 'save') await save(clone, step.who);
    if (step.kind === 'fetch') clone.git('fetch', '--quiet');
    if (step.kind === 'update') await update(clone, step.who, step.how);
    if (step.kind === 'land') await this.land(step.who, step.how);
    if (step.kind === 'branch') await this.land(step.who, 'squash').then(() => this.startBranch(step.who));
    if (step.kind === 'revert') await this.revert(step.who);
  }

  private main(): Clone {
    return this.shared.clone();
  }

  private startBranch(who: Member): void {
    const clone = this.clones[who];
    clone.git('fetch', '--quiet');
    clone.git('checkout', '--quiet', '--force', '-B', `${who}-${(this.branches += 1)}`, 'origin/main');
    clone.git('clean', '--quiet', '--force', '-d');
  }

  /** A branch lands when it merges cleanly and the result is green; else it is updated, and tried once more. */
  private async land(who: Member, how: MergeKind): Promise<void> {
    const clone = this.clones[who];
    await save(clone, who);
    if (await this.tryToLand(who, how)) return;
    await update(clone, who, 'merge');
    await this.tryToLand(who, how === 'rebase' ? 'squash' : how);
  }

  private async tryToLand(who: Member, how: MergeKind): Promise<boolean> {
    const before = this.main();
    const attempt = this.shared.tryMerge(this.clones[who], how);
    if (attempt === undefined || !(await attempt.isInSync())) return false;
    attempt.git('push', '--quiet', 'origin', 'HEAD:main');
    const after = this.main();
    const other = who === 'ada' ? 'bob' : 'ada';
    expect(after.files(`rendered/clusters/${other}`)).toEqual(before.files(`rendered/clusters/${other}`));
    this.takeNote(after);
    return true;
  }

  /** Takes the last change on main back, through a branch of its own. */
  private async revert(who: Member): Promise<void> {
    const clone = this.clones[who];
    await save(clone, who);
    const branch = clone.git('branch', '--show-current').trim();
    this.startBranch(who);
    const parents = clone.git('log', '-1', '--format=%P').trim().split(' ');
    const isDone = clone.tryGit('revert', '--no-edit', ...(parents.length > 1 ? ['--mainline', '1'] : []), 'HEAD');
    // A revert may take back what the other one deploys; that is no step of this model.
    const touchesOther = clone
      .git('diff', '--no-renames', '--name-only', 'origin/main')
      .includes(`clusters/${who === 'ada' ? 'bob' : 'ada'}/`);
    if (isDone && !touchesOther) await this.tryToLand(who, 'squash');
    else clone.tryGit('revert', '--abort');
    clone.git('checkout', '--quiet', '--force', branch);
  }

  /** A number on main never means two contents. */
  private takeNote(main: Clone): void {
    for (const [path, text] of Object.entries(main.files('revisions'))) {
      expect([path, this.published.get(path) ?? text]).toEqual([path, text]);
      this.published.set(path, text);
    }
  }
}

function site(who: Member, revision: string): string {
  return appDeployment(`site-${who}`, { [revision]: [on(who, 1)] });
}

function newest(clone: Clone): string {
  const numbers = Object.keys(clone.files('revisions')).map((path) => Number(/-v(\d+)\.yaml$/.exec(path)?.[1]));
  return `shop-v${Math.max(...numbers)}`;
}

/** Renders and commits; a member who is told of a lost number deploys what main deploys. Then render is a fixed point. */
async function save(clone: Clone, who: Member): Promise<void> {
  await settle(clone, who);
  clone.commit();
  const again = await clone.appdeploy('render');
  expect({ code: again.code, changed: clone.git('status', '--porcelain') }).toEqual({ code: 0, changed: '' });
  expect(await clone.isInSync()).toBe(true);
}

async function settle(clone: Clone, who: Member): Promise<void> {
  let { code, stderr } = await clone.appdeploy('render');
  if (stderr.includes('SNAPSHOT_CHANGED')) {
    expect((await clone.appdeploy('revisions', 'repair')).code).toBe(0);
    ({ code, stderr } = await clone.appdeploy('render'));
  }
  if (code !== 0) {
    expect(stderr).toContain('UNKNOWN_REVISION');
    clone.write({ [owned(who)]: clone.git('show', `origin/main:${owned(who)}`) });
    ({ code, stderr } = await clone.appdeploy('render'));
  }
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
}

/** Takes main's changes in; who does it keeps what he wrote himself, and leaves the rest to render. */
async function update(clone: Clone, who: Member, how: 'merge' | 'rebase'): Promise<void> {
  await save(clone, who);
  clone.git('fetch', '--quiet');
  let isDone = clone.tryGit(how, '--quiet', 'origin/main');
  while (!isDone) {
    const conflicted = clone.git('diff', '--name-only', '--diff-filter=U').trim().split('\n');
    for (const path of conflicted.filter((name) => name === 'shop.yaml' || name === owned(who)))
      clone.git('checkout', how === 'merge' ? '--ours' : '--theirs', '--', path);
    await settle(clone, who);
    clone.git('add', '--all');
    isDone =
      how === 'merge'
        ? clone.tryGit('commit', '--quiet', '--no-edit')
        : clone.tryGit('rebase', '--continue') ||
          (clone.git('status').includes('rebase') ? clone.tryGit('rebase', '--skip') : true);
  }
  await save(clone, who);
}
