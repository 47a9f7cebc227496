import type { Origin } from './origin.ts';
import { problemKinds, type ProblemCode } from './problem-codes.ts';
import type { Severity } from './problem-kind.ts';

/** A finding about the user's input. `hint` says what to do; `related` are other places that matter. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly origin: Origin;
  readonly message: string;
  readonly hint: string;
  readonly related: readonly { readonly origin: Origin; readonly message: string }[];
}

/** What a problem may say besides its message. The hint defaults to the cure of its code. */
export interface ProblemDetails {
  readonly hint?: string;
  readonly related?: Problem['related'];
}

/** Makes a problem; severity and default hint come from its code. */
export function problem(code: ProblemCode, origin: Origin, message: string, details: ProblemDetails = {}): Problem {
  const { severity, cure } = problemKinds[code];
  return { code, severity, origin, message, hint: details.hint ?? cure, related: details.related ?? [] };
}

/** What a stage of the pipeline gives: its result, and everything it found wrong on the way. */
export interface Staged<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

/** Whether the problems stop the run. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** Joins the results of a stage that worked on several things. */
export function stagedAll<T>(parts: readonly Staged<T>[]): Staged<T[]> {
  return { value: parts.map(({ value }) => value), problems: parts.flatMap(({ problems }) => problems) };
}
