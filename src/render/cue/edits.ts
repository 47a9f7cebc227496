/** A text to put in at an offset of a source, or a stretch to leave out. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Carries out edits that do not overlap. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const { from, to, text: added } of edits.toSorted((a, b) => a.from - b.from)) {
    text += source.slice(at, from) + added;
    at = to;
  }
  return text + source.slice(at);
}
