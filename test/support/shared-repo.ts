import { execFileSync, spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { appDeployment, application, on } from './documents.ts';
import { ScratchRepo } from './scratch-repo.ts';
import { copyOf } from './template.ts';

/** How a platform merges a pull request. */
export type MergeKind = 'squash' | 'merge commit' | 'rebase';

/** The Application `shop` with one webservice on an image. */
export function shop(image: string): string {
  return application('shop', [{ name: 'web', properties: { image } }]);
}

/** The AppDeployment `shop` with one replica of each revision on the host cluster. */
export function deployed(...revisions: readonly string[]): string {
  return appDeployment('shop', Object.fromEntries(revisions.map((name) => [name, [on(undefined, 1)]])));
}

/** The path of a snapshot of shop. */
export function snapshot(number: number): string {
  return `revisions/default/shop/shop-v${number}.yaml`;
}

/** What each snapshot of shop pins: `v1 nginx:1`. */
export function snapshots(repo: ScratchRepo): string[] {
  return Object.entries(repo.files()).flatMap(([path, text]) => {
    const number = /^revisions\/default\/shop\/shop-(v\d+)\.yaml$/.exec(path)?.[1];
    return number === undefined ? [] : [`${number} ${/image: (\S+)/.exec(text)?.[1] ?? ''}`];
  });
}

/** A working copy of someone. */
export class Clone extends ScratchRepo {
  constructor(url: string, options: readonly string[] = []) {
    super({ git: false });
    execFileSync('git', ['clone', '--quiet', '--template=', ...options, url, this.root], { stdio: 'ignore' });
  }

  /** Whether Git did it; a conflict is no failure of the test. */
  tryGit(...args: readonly string[]): boolean {
    return (
      spawnSync('git', args, { cwd: this.root, stdio: 'ignore', env: { ...process.env, GIT_EDITOR: 'true' } })
        .status === 0
    );
  }

  /** Edits shop, renders, and commits; gives what render said. */
  async change(image: string, ...revisions: readonly string[]): Promise<string> {
    this.write({
      'shop.yaml': shop(image),
      ...(revisions.length > 0 ? { 'deployment.yaml': deployed(...revisions) } : {}),
    });
    const said = await this.render();
    this.commit(image);
    return said;
  }

  /** Renders, which must succeed; gives what it said on standard error. */
  async render(): Promise<string> {
    const { code, stderr } = await this.appdeploy('render');
    expect(stderr).not.toContain('error ');
    expect(code).toBe(0);
    return stderr;
  }

  /** Whether what is committed is what render would write. */
  async isInSync(): Promise<boolean> {
    return (await this.appdeploy('check')).code === 0;
  }
}

/** A bare repo on a server, as a team shares it. On its main, shop-v1 and shop-v2 are published, and v2 is deployed. */
export class SharedRepo {
  readonly bare: ScratchRepo;
  readonly url: string;

  private constructor(bare: ScratchRepo) {
    this.bare = bare;
    this.url = `file://${bare.root}`;
  }

  /** @param config the config repo's appdeploy.yaml */
  static async open(config = ''): Promise<SharedRepo> {
    return new SharedRepo(await copyOf(`shared repo ${config}`, () => SharedRepo.begin(config)));
  }

  private static async begin(config: string): Promise<ScratchRepo> {
    const bare = new ScratchRepo({ git: false });
    bare.git('init', '--quiet', '--bare', '--initial-branch=main', '--template=');
    const first = new SharedRepo(bare).clone();
    first.git('checkout', '--quiet', '-B', 'main');
    if (config !== '') first.write({ 'appdeploy.yaml': config });
    await first.change('nginx:1', 'shop-v1');
    await first.change('nginx:2', 'shop-v2');
    first.git('push', '--quiet', 'origin', 'main');
    return bare;
  }

  clone(...options: readonly string[]): Clone {
    return new Clone(this.url, options);
  }

  /** A clone on a new branch off main. */
  branch(name: string): Clone {
    const clone = this.clone();
    clone.git('checkout', '--quiet', '-b', name);
    return clone;
  }

  /** Pushes a clone's branch, and merges it as a platform does; it must merge cleanly. */
  merge(clone: Clone, kind: MergeKind, into = 'main'): void {
    const merged = this.tryMerge(clone, kind, into);
    expect(merged).toBeDefined();
    merged?.git('push', '--quiet', 'origin', `HEAD:${into}`);
  }

  /** What a platform would merge, as a clone that has it; undefined where it conflicts. */
  tryMerge(clone: Clone, kind: MergeKind, into = 'main'): Clone | undefined {
    const branch = clone.git('branch', '--show-current').trim();
    clone.git('push', '--quiet', '--force', 'origin', `HEAD:${branch}`);
    const platform = this.clone('--branch', into);
    const isMerged = {
      squash: () =>
        platform.tryGit('merge', '--quiet', '--squash', `origin/${branch}`) &&
        platform.tryGit('commit', '--quiet', '--allow-empty', '--message', `${branch} (squashed)`),
      'merge commit': () =>
        platform.tryGit('merge', '--quiet', '--no-ff', '--message', `Merge ${branch}`, `origin/${branch}`),
      rebase: () =>
        platform.tryGit('checkout', '--quiet', '-B', 'replay', `origin/${branch}`) &&
        platform.tryGit('rebase', '--quiet', '--force-rebase', into) &&
        platform.tryGit('checkout', '--quiet', into) &&
        platform.tryGit('merge', '--quiet', '--ff-only', 'replay'),
    }[kind]();
    return isMerged ? platform : undefined;
  }
}
