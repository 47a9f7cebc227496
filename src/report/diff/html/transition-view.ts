/** A value on both sides. */
export interface Transition {
  readonly before: string;
  readonly after: string;
  readonly differs: boolean;
}

/** A value on both sides, as the page shows it: once where both are the same. */
export function transitionOf(before: string, after: string): Transition {
  return { before, after, differs: before !== after };
}
