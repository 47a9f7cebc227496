import { relative, resolve } from 'node:path';
import { machineFormats, type ProblemFormat } from '../report/problems/formats.ts';
import type { Problem } from '../model/problem.ts';
import { type Context, type OptionValues, textOption, UsageError } from './command.ts';
import { rootOf } from './plan.ts';

const formats: readonly ProblemFormat[] = ['text', 'json', 'github', 'sarif'];

/** A command's surroundings, and what is to be done when it has ended. */
export interface Reporting {
  readonly context: Context;
  /** Writes the problems that were collected. */
  readonly finish: () => Promise<void>;
}

/**
 * Has problems written as `--problems` wants them: text at once; other formats at the end, on standard
 * error too. json and sarif are then all that is there; github follows the text, which the job's log shows.
 *
 * @throws UsageError for an unknown format
 */
export function reportingIn(values: OptionValues, context: Context): Reporting {
  const format = formatOf(values);
  if (format === 'text') return { context, finish: () => Promise.resolve() };
  const collected: Problem[] = [];
  const isLog = format === 'github';
  return {
    context: {
      ...context,
      progress: () => {},
      stderr: isLog ? context.stderr : () => {},
      collect: (problems) => void collected.push(...problems),
    },
    finish: async () => {
      const folder = await rootFolder(values, context);
      const top = context.environment['GITHUB_WORKSPACE'] || context.cwd;
      const pathFor = (path: string): string => relative(top, resolve(folder, path)).replaceAll('\\', '/');
      context.stderr(machineFormats[format](collected, { pathFor, version: context.version }));
    },
  };
}

function formatOf(values: OptionValues): ProblemFormat {
  const given = textOption(values, 'problems') ?? 'text';
  const format = formats.find((each) => each === given);
  if (format === undefined) throw new UsageError(`--problems ${given} is none of ${formats.join(', ')}`);
  return format;
}

/** A root that is not there has been reported already. */
async function rootFolder(values: OptionValues, context: Context): Promise<string> {
  return rootOf(values, context).then(
    ({ folder }) => folder,
    () => context.cwd,
  );
}
