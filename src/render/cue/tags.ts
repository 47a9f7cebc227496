import type { Edit } from './edits.ts';
import { isLabel, labelText } from './labels.ts';
import type { Token } from './lexer.ts';

/** The prefix of the fields that carry `// +patchKey` and `// +patchStrategy` tags through CUE. */
export const tagPrefix = '$patch$';

/** A comment line `// +patchKey=name` or `// +patchStrategy=replace` above a field. */
export function tagEdits(tokens: readonly Token[]): Edit[] {
  return tokens.flatMap((token, index): Edit[] => {
    if (!isLabel(tokens, index)) return [];
    const above = commentsAbove(tokens, index);
    const tags = above.flatMap((text) => /^\/\/\s*\+(patchKey|patchStrategy)=(.+?)\s*$/.exec(text)?.slice(1, 3) ?? []);
    if (tags.length === 0) return [];
    const pairs = Array.from(
      { length: tags.length / 2 },
      (_, pair) => `${tags[pair * 2] ?? ''}: ${JSON.stringify(tags[pair * 2 + 1])}`,
    );
    const name = JSON.stringify(tagPrefix + chainFrom(tokens, index).join('.'));
    return [{ from: token.offset, to: token.offset, text: `${name}: {${pairs.join(', ')}}\n` }];
  });
}

/** The labels of `spec: template: spec: …`: a tag above them is for the last; above a patch, for the whole. */
function chainFrom(tokens: readonly Token[], index: number): string[] {
  const token = tokens[index];
  const label = token === undefined ? '' : labelText(token);
  const colon = tokens[index + 1]?.text === '?' ? index + 2 : index + 1;
  return label !== 'patch' && isLabel(tokens, colon + 1) ? [label, ...chainFrom(tokens, colon + 1)] : [label];
}

/** The comments on the lines directly above a token that begins a line. */
function commentsAbove(tokens: readonly Token[], index: number): string[] {
  const comments: string[] = [];
  for (let at = index - 1; tokens[at]?.kind === 'newline' && tokens[at - 1]?.kind === 'comment'; at -= 2) {
    const before = tokens[at - 2];
    if (before !== undefined && before.kind !== 'newline') break;
    comments.unshift(tokens[at - 1]?.text ?? '');
  }
  return comments;
}
