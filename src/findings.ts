import type { SourceFile } from './model/catalog.ts';
import { originText } from './model/origin.ts';
import { byText } from './model/plain.ts';
import { hasErrors, type Problem, type Staged } from './model/problem.ts';

/** The input is wrong: everything that was found up to the stage that had to stop. */
export class InputProblems extends Error {
  readonly problems: readonly Problem[];
  readonly sources: readonly SourceFile[];
  constructor(problems: readonly Problem[], sources: readonly SourceFile[]) {
    super(`${problems.length} problems in the input`);
    this.problems = problems;
    this.sources = sources;
  }
}

/** Gathers what the stages find. */
export interface Findings {
  /** Takes a stage's problems and gives its value; throws InputProblems when one is an error. */
  readonly stage: <T>(staged: Staged<T>) => T;
  /** Two stages that report together; gives the first one's value. */
  readonly together: <T>(staged: Staged<T>, other: Staged<unknown>) => T;
  readonly problems: () => Problem[];
  readonly sources: SourceFile[];
}

/** Starts with the files that problems may point into. */
export function startFindings(first: readonly SourceFile[]): Findings {
  const found: Problem[] = [];
  const sources = [...first];
  const stage = <T>({ value, problems }: Staged<T>): T => {
    found.push(...problems);
    if (hasErrors(problems)) throw new InputProblems(sortProblems(found), sources);
    return value;
  };
  return {
    stage,
    together: ({ value, problems }, other) => stage({ value, problems: [...problems, ...other.problems] }),
    problems: () => sortProblems(found),
    sources,
  };
}

/** By place; a problem that several clusters have alike is told once. */
function sortProblems(problems: readonly Problem[]): Problem[] {
  const unique = new Map(problems.map((each) => [`${each.code} ${originText(each.origin)} ${each.message}`, each]));
  return [...unique.values()].toSorted(
    (a, b) =>
      byText(a.origin.path, b.origin.path) ||
      a.origin.line - b.origin.line ||
      a.origin.column - b.origin.column ||
      byText(a.code, b.code),
  );
}
