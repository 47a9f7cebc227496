import { memoise } from '../../model/plain.ts';
import { absenceEdits } from './absence.ts';
import { applyEdits } from './edits.ts';
import { guardEdits } from './guards.ts';
import { type CueImport, readHeader } from './header.ts';
import { labelsOf } from './labels.ts';
import { type Token, tokenize } from './lexer.ts';
import { tagEdits } from './tags.ts';

/** A template ready to be put into a program. */
export interface PreparedTemplate {
  readonly imports: readonly CueImport[];
  /** The template without package clause and imports, with its patch tags as fields. */
  readonly body: string;
  /** Line of each label, counted from 0, by dotted path; the first wins. */
  readonly lines: ReadonlyMap<string, number>;
  /** Texts of the declarations of `parameter` and of definitions, which say what properties may be. */
  readonly parameterDeclarations: string;
}

/**
 * Reads a template: takes its imports out, writes patch tags into fields beside what they tag,
 * because comments do not survive evaluation, and guards loops over absent optional parameters,
 * which CUE 0.4.3 refuses (cue-lang/cue#1815). Marks of required fields (`x!:`), which it does not
 * know, go: a field that is not optional has to become concrete in any case.
 *
 * @throws UnterminatedString
 */
export const prepareTemplate: (source: string) => PreparedTemplate = memoise(prepare, (source) => source);

function prepare(given: string): PreparedTemplate {
  const source = withoutRequiredMarks(given);
  const tokens = tokenize(source);
  const { imports, edits } = readHeader(tokens);
  const labels = labelsOf(tokens);
  const all = [...edits, ...tagEdits(tokens), ...guardEdits(tokens), ...absenceEdits(tokens)];
  const lineAt = (offset: number): number => source.slice(0, offset).split('\n').length - 1;
  const lines = new Map(labels.toReversed().map(({ path, token }) => [path.join('.'), lineAt(token.offset)]));
  const declared = labels.filter(
    ({ path }) => path.length === 1 && (path[0] === 'parameter' || path[0]?.startsWith('#')),
  );
  const parameterDeclarations = declared.map(({ token, end }) => source.slice(token.offset, end)).join('\n');
  return { imports, body: applyEdits(source, all), lines, parameterDeclarations };
}

/** A blank in place of each mark, so that all else stays where it is. */
function withoutRequiredMarks(source: string): string {
  const tokens = tokenize(source);
  const marks = tokens.filter(
    ({ text }, index) => text === '!' && tokens[index + 1]?.text === ':' && isName(tokens[index - 1]),
  );
  return applyEdits(
    source,
    marks.map(({ offset }) => ({ from: offset, to: offset + 1, text: ' ' })),
  );
}

function isName(token: Token | undefined): boolean {
  return token?.kind === 'identifier' || token?.kind === 'string';
}
