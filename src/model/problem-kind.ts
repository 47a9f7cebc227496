/** How much a problem weighs: an error stops the run, a warning and a note do not. */
export type Severity = 'error' | 'warning' | 'note';

/** What is known of a code before any problem of it occurs; docs/problems.md is made from it. */
export interface ProblemKind {
  readonly severity: Severity;
  readonly summary: string;
  readonly cure: string;
}

/** Stops the run. */
export const error = (summary: string, cure: string): ProblemKind => ({ severity: 'error', summary, cure });
/** Does not stop the run; somebody should look. */
export const warning = (summary: string, cure: string): ProblemKind => ({ severity: 'warning', summary, cure });
/** Good to know. */
export const note = (summary: string, cure: string): ProblemKind => ({ severity: 'note', summary, cure });
