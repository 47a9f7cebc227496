import { plainCredentials } from '../clusters/plain-credentials.ts';
import type { Command } from './command.ts';
import { commonOptions, jsonOption } from './command.ts';
import { planRepo } from '../pipeline.ts';
import { openRepo } from '../io/repo.ts';
import { InputProblems } from '../findings.ts';
import type { SourceFile } from '../model/catalog.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import { jsonProblems } from '../report/problems/json.ts';
import { mainlineChoice, printProblems, rootOf } from './plan.ts';

/** `appdeploy validate` */
export const validateCommand: Command = {
  name: 'validate',
  summary: 'print the problems of the input, and nothing else',
  usage: '',
  positionals: { min: 0, max: 0 },
  options: { ...jsonOption, ...commonOptions },
  details: 'Writes nothing. Exits with 1 when there are errors.',
  run: async (_args, values, context) => {
    const repo = openRepo(await rootOf(values, context), mainlineChoice(values, context));
    const found = await planRepo(repo, { version: context.version, progress: context.progress }).catch(
      (error: unknown) => {
        if (error instanceof InputProblems) return error;
        throw error;
      },
    );
    context.progress('');
    const leaks = plainCredentials(found.sources);
    const problems = [...found.problems, ...leaks];
    if (values['json'] === true) context.stdout(jsonProblems(problems));
    else printProblems(problems, { sources: withoutFilesOf(leaks, found.sources) }, values, context);
    if (hasErrors(problems)) return 1;
    if (values['quiet'] !== true && values['json'] !== true) context.stdout('valid\n');
    return 0;
  },
};

/** The sources that may be shown: a file with credentials shows no line at all. */
function withoutFilesOf(leaks: readonly Problem[], sources: readonly SourceFile[]): SourceFile[] {
  const leaking = new Set(leaks.map(({ origin }) => origin.path));
  return sources.filter(({ path }) => !leaking.has(path));
}
