import { InputProblems } from '../../src/findings.ts';
import { createCueEngine } from '../../src/io/cue-engine.ts';
import { withoutGit } from '../../src/io/repo.ts';
import { readBuiltins } from '../../src/io/builtins.ts';
import type { Problem } from '../../src/model/problem.ts';
import { planRepo } from '../../src/pipeline.ts';
import type { Plan } from '../../src/plan.ts';

/** Texts of files by path. */
export type Texts = Readonly<Record<string, string>>;

const builtins = await readBuiltins();
const cue = createCueEngine(10);

/** Plans files that lie in memory, outside of Git. */
export async function plan(files: Texts, config?: string): Promise<Plan> {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  return planRepo(
    {
      config: () => Promise.resolve(config === undefined ? undefined : { path: 'appdeploy.yaml', text: config }),
      builtins: () => Promise.resolve(builtins),
      files: () => Promise.resolve(sources),
      cue: () => cue,
      ...withoutGit,
    },
    { version: '0.1.0' },
  );
}

/** The problems of files, whether or not they stop the run. */
export async function problemsOf(files: Texts): Promise<readonly Problem[]> {
  try {
    return (await plan(files)).problems;
  } catch (error) {
    if (error instanceof InputProblems) return error.problems;
    throw error;
  }
}
