/** The first line that Git left in a file of a merge that is not settled, counted from 1; undefined without one. */
export function mergeMarkerLine(text: string): number | undefined {
  if (!/^>{7}(?:[ \r]|$)/m.test(text)) return undefined;
  const index = text.split('\n').findIndex((line) => /^<{7}(?:[ \r]|$)/.test(line));
  return index < 0 ? undefined : index + 1;
}
