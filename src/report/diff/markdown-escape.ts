/** Text of a repo inside Markdown: shown as it is, and never as markup, a mention or a link. */

/** Inline code; its fence is longer than every run of backticks inside. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const fence = '`'.repeat(longestRun(line) + 1);
  const gap = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${gap}${line}${gap}${fence}`;
}

/**
 * The same in a cell of a table, where a bar ends the cell even inside code. Inside code nothing escapes a
 * backslash before the bar, so that such a text is HTML.
 */
export function cell(text: string): string {
  return text.includes('\\|') ? `<code>${prose(text)}</code>` : code(text).replaceAll('|', '\\|');
}

/** Prose: characters that Markdown or HTML would take for markup are escaped, and mentions and links are broken up. */
export function prose(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[@#]|:(?=\/\/)|\bwww(?=\.)/gi, '$&<!-- -->');
}

/** Code inside HTML, where Markdown is not read. */
export function htmlCode(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<code>${escaped.replace(/\s+/g, ' ')}</code>`;
}

/** A fenced block of a language. */
export function fenced(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(2, longestRun(text)) + 1);
  return `${fence}${language}\n${text}${fence}\n`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
}
