import type { Problem } from '../../model/problem.ts';
import { githubProblems } from './github.ts';
import { jsonProblems } from './json.ts';
import { sarifProblems } from './sarif.ts';

/** What a format needs besides the problems. */
export interface ProblemPlace {
  /** A path of the root → the path that the reader of the format knows the file by. */
  readonly pathFor: (path: string) => string;
  /** The version of appdeploy. */
  readonly version: string;
}

/** How problems are written for machines, all at the end. */
export const machineFormats = {
  json: jsonProblems,
  github: githubProblems,
  sarif: sarifProblems,
} as const satisfies Record<string, (problems: readonly Problem[], place: ProblemPlace) => string>;

/** The values of `--problems`. */
export type ProblemFormat = keyof typeof machineFormats | 'text';
