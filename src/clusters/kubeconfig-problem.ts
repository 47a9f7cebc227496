import { type FieldPath, fieldText, type Locate } from '../model/origin.ts';
import { type Problem, problem } from '../model/problem.ts';
import type { ProblemCode } from '../model/problem-codes.ts';

/**
 * What is wrong with a kubeconfig, a Secret that holds one, or a Cluster's annotations. It names the
 * field and never repeats what the input says: neither a value, nor a name that the input made up.
 */
export interface KubeconfigProblem extends Problem {
  /** The field as users know it: `users[0].user.tokenFile`; empty for the whole document. */
  readonly field: string;
}

/** Something found in one document: the code, the field, and a message that starts with the field. */
export type Complain = (code: ProblemCode, field: FieldPath, message: string, hint?: string) => KubeconfigProblem;

/** Complains of the fields of the document that `locate` is of. */
export function complainsAt(locate: Locate): Complain {
  return (code, field, message, hint) => {
    const text = fieldText(field);
    const found = problem(
      code,
      locate(field, 'key'),
      text === '' ? message : `${text} ${message}`,
      hint === undefined ? {} : { hint },
    );
    return { ...found, field: text };
  };
}
