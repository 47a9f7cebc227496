import type { Problem } from '../../model/problem.ts';

/**
 * Problems as JSON, described by `schema/reports/problems.json` of the package: paths are relative to
 * the root; lines and columns count from 1.
 */
export function jsonProblems(problems: readonly Problem[]): string {
  return `${JSON.stringify(problems.map(jsonProblem), null, 2)}\n`;
}

function jsonProblem({ code, severity, origin, message, hint, related }: Problem): object {
  return { code, severity, message, hint, origin, related };
}
