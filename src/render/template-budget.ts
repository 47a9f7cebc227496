import { TemplateError } from './template-error.ts';

/**
 * What one evaluation of a template may cost, in steps: one for each round of an `{{#each}}`, for each
 * value that is written or looked through, and for each 16 characters of text. Counted and not timed, so
 * that a template which renders on one machine renders on all. The largest built-in definition takes
 * some hundreds.
 */
const templateSteps = 2_000_000;

const charactersPerStep = 16;

/** Steps left of the evaluation that runs; there is only ever one. */
let left = templateSteps;

/** Begins an evaluation. */
export function startBudget(): void {
  left = templateSteps;
}

/**
 * Pays for a text or a list, and hands it on.
 *
 * @throws TemplateError when the budget is spent
 */
export function spend<T extends string | readonly unknown[]>(value: T): T {
  left -= 1 + (typeof value === 'string' ? Math.floor(value.length / charactersPerStep) : value.length);
  if (left < 0)
    throw new TemplateError(`it takes more than ${templateSteps} steps: it repeats too much`, undefined, 'use');
  return value;
}
