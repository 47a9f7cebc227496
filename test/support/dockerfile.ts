import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** One instruction of a Dockerfile, with its lines joined. */
interface Step {
  readonly instruction: string;
  readonly rest: string;
}

/** The stages of a Dockerfile by name, in order; the nameless last one is `last`. */
export function dockerfileStages(text: string): Map<string, readonly Step[]> {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replace(/\s*\\\n\s*/g, ' ')
    .split('\n');
  const stages = new Map<string, Step[]>();
  let steps: Step[] = [];
  for (const line of lines) {
    const [, instruction = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    if (instruction === 'FROM') stages.set(/ AS (\S+)$/i.exec(rest)?.[1] ?? 'last', (steps = []));
    else steps.push({ instruction, rest });
  }
  return stages;
}

/** Where a stage is played. */
interface Stage {
  /** The build context. */
  readonly context: string;
  /** The folder that stands for `/`. */
  readonly root: string;
  /** The folder of all stages' roots. */
  readonly stages: string;
}

/**
 * Plays the steps of a stage below a folder: no container engine is needed. What installs into the base image
 * by Debian's own means is left out: this machine has Git, and the tests choose the user.
 */
export function playStage(steps: readonly Step[], { context, root, stages }: Stage): void {
  let folder = root;
  const enter = (path: string): void => {
    folder = path.startsWith('/') ? join(root, path) : join(folder, path);
    mkdirSync(folder, { recursive: true });
  };
  enter('/');
  for (const { instruction, rest } of steps) {
    if (instruction === 'WORKDIR') enter(rest);
    else if (instruction === 'COPY') copy(rest, { context, stages, folder, root });
    else if (instruction === 'RUN' && !rest.startsWith('apt-get ')) runStep(rest, folder, root);
  }
}

function copy(rest: string, { context, stages, folder, root }: Stage & { readonly folder: string }): void {
  const words = rest.split(/\s+/);
  const stage = /^--from=(\S+)$/.exec(words[0] ?? '')?.[1];
  const from = stage === undefined ? context : join(stages, stage);
  const paths = words.slice(stage === undefined ? 0 : 1);
  const to = paths.pop() ?? '';
  const target = to.startsWith('/') ? join(root, to) : join(folder, to);
  for (const path of paths) {
    const source = join(from, path);
    if (!existsSync(source)) throw new Error(`COPY ${rest}: there is no ${source}`);
    // A folder's contents are copied; a file goes into a folder that ends in a slash.
    cpSync(source, to.endsWith('/') && path !== '.' ? join(target, path.split('/').at(-1) ?? '') : target, {
      recursive: true,
    });
  }
}

function runStep(command: string, folder: string, root: string): void {
  const here = command.replaceAll(/(?<=\s)\/(?=opt\/|usr\/local\/)/g, `${root}/`);
  if (here.includes(`${root}/usr/local/bin`)) mkdirSync(join(root, 'usr/local/bin'), { recursive: true });
  execFileSync('sh', ['-c', here], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
}
