/** What CUE says of a program: its value as JSON, its first error, or that it had to be stopped. */
export type CueAnswer =
  | { readonly kind: 'value'; readonly json: string }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'stopped'; readonly message: string };

/** Evaluates CUE programs, each within a time budget. Never throws on account of a program. */
export interface CueEngine {
  readonly evaluate: (program: string) => CueAnswer;
  /** The definitions (`#Name`) of a program as an OpenAPI document. */
  readonly describe: (program: string) => CueAnswer;
}

/** An engine for places where nothing may be evaluated. */
export const noCueEngine: CueEngine = { evaluate: unavailable, describe: unavailable };

function unavailable(): CueAnswer {
  return { kind: 'stopped', message: 'CUE is not available here' };
}
