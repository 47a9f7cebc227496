import { type Document, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import type { SourceDocument, SourceFile } from '../model/catalog.ts';
import { marker } from '../model/output.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { looksLikeOurs, mayHoldOurs } from './ours.ts';
import { locator, type Positions, positionsOf } from './positions.ts';

/**
 * Parses the files that may hold documents of ours. A file that is not ours never causes a problem;
 * one that is ours and does not parse, or that has a key twice, does. Generated files are skipped.
 */
export function parse(files: readonly SourceFile[]): Staged<SourceDocument[]> {
  const parsed = files.filter(({ text }) => mayHoldOurs(text) && !isGenerated(text)).map((file) => parseFile(file));
  return { value: parsed.flatMap(({ value }) => value), problems: parsed.flatMap(({ problems }) => problems) };
}

/** Whether a file's first line is our marker. */
export function isGenerated(text: string): boolean {
  return text.startsWith(marker) && /^\r?\n|^$/.test(text.slice(marker.length, marker.length + 2));
}

/** Parses every document of one file, whatever it holds; `ours` says whether its mistakes are problems. */
export function parseFile(
  { path, text, commit }: SourceFile,
  ours: boolean = looksLikeOurs(text),
): Staged<SourceDocument[]> {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
    lineCounter: counter,
    stringKeys: true,
    logLevel: 'silent',
  });
  const positions = positionsOf(path, counter, commit);
  const value: SourceDocument[] = [];
  const problems: Problem[] = [];
  for (const document of Array.isArray(documents) ? documents : []) {
    const wrong =
      document.errors.length > 0 ? syntaxProblems(document, positions) : inexactNumbers(document, positions);
    if (document.errors.length > 0 || wrong.length > 0) problems.push(...(ours ? wrong : []));
    else value.push(sourceDocument(path, document, positions));
  }
  return { value, problems };
}

function sourceDocument(path: string, document: Document.Parsed, positions: Positions): SourceDocument {
  const locate = locator(document, positions);
  return { path, value: toValue(document), origin: locate([]), locate };
}

/** Aliases are expanded; a document that abuses them (billion laughs) is no document of ours. */
function toValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

function syntaxProblems(document: Document.Parsed, { originAt }: Positions): Problem[] {
  return document.errors.map((error) =>
    error.code === 'DUPLICATE_KEY'
      ? problem('DUPLICATE_KEY', originAt(error.pos[0]), 'this key stands twice in one mapping')
      : problem(
          'INVALID_YAML',
          originAt(error.pos[0]),
          (error.message.split('\n')[0] ?? error.code).replace(/ at line \d+, column \d+:?$/, ''),
        ),
  );
}

/** Integers beyond 2^53 would be rounded on their way to the output. */
function inexactNumbers(document: Document.Parsed, { originAt }: Positions): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Scalar: (_key, node) => {
      if (!isScalar(node) || typeof node.value !== 'number' || !node.range) return;
      if (Number.isFinite(node.value) && (!Number.isInteger(node.value) || Number.isSafeInteger(node.value))) return;
      problems.push(
        problem('INVALID_VALUE', originAt(node.range[0]), 'this number cannot be represented exactly', {
          hint: 'Quote it to make it a string.',
        }),
      );
    },
  });
  return problems;
}
