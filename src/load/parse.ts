import { type Document, isScalar, LineCounter, parseAllDocuments, visit } from 'yaml';
import type { SourceDocument, SourceFile } from '../model/catalog.ts';
import type { Origin } from '../model/origin.ts';
import { marker } from '../model/output.ts';
import { digText } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { encodingFault } from './encoding.ts';
import { looksLikeOurs, mayHoldOurs } from './ours.ts';
import { mergeMarkerLine } from './merge-markers.ts';
import { itemsOf } from './list.ts';
import { offsetInSubset, readSubset } from './subset/read.ts';
import { locator, originsIn, type Positions, positionsOf } from './positions.ts';

/**
 * Parses the files that may hold documents of ours. A file that is not ours never causes a problem;
 * one that is ours and does not parse, or that has a key twice, does. Generated files are skipped, and
 * Lists taken apart.
 */
export function parse(files: readonly SourceFile[]): Staged<SourceDocument[]> {
  const parsed = files.filter(({ text }) => mayHoldOurs(text) && !isGenerated(text)).map((file) => parseFile(file));
  return {
    value: parsed.flatMap(({ value }) => value.flatMap(itemsOf)),
    problems: parsed.flatMap(({ problems }) => problems),
  };
}

/** Whether a file's first line is our marker. */
export function isGenerated(text: string): boolean {
  return text.startsWith(marker) && /^\r?\n|^$/.test(text.slice(marker.length, marker.length + 2));
}

/** Parses every document of one file, whatever it holds; `ours` says whether its mistakes are problems. */
export function parseFile(file: SourceFile, ours: boolean = looksLikeOurs(file.text)): Staged<SourceDocument[]> {
  const fault = encodingFault(file);
  if (fault !== undefined)
    return {
      value: [],
      problems: ours || mayHoldOurs(file.text) ? [problem('INVALID_ENCODING', fault.origin, fault.message)] : [],
    };
  const plain = readPlain(file);
  return plain === undefined ? readWhole(file, ours) : { value: plain, problems: [] };
}

/** The documents of a file that keeps to the subset of YAML that is read fast. */
function readPlain({ path, text, commit }: SourceFile): SourceDocument[] | undefined {
  const documents = readSubset(text);
  if (documents === undefined) return undefined;
  const originAt = originsIn(path, text, commit);
  return documents.map(({ value, start }) => ({
    path,
    value,
    origin: originAt(start),
    locate: (field, at = 'value') => originAt(offsetInSubset(text, start, field, at)),
  }));
}

/** The documents of any file, by the whole of YAML. */
function readWhole({ path, text, commit }: SourceFile, ours: boolean): Staged<SourceDocument[]> {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
    lineCounter: counter,
    stringKeys: true,
    logLevel: 'silent',
  });
  const positions = positionsOf(path, counter, commit);
  const conflict = mergeMarkerLine(text);
  if (conflict !== undefined && ours) {
    const origin = { path, line: conflict, column: 1, ...(commit === undefined ? {} : { commit }) };
    return { value: [], problems: [problem('MERGE_MARKERS', origin, 'a merge is not settled in this file')] };
  }
  const value: SourceDocument[] = [];
  const problems: Problem[] = [];
  for (const document of Array.isArray(documents) ? documents : []) {
    const read = readDocument(path, document, positions);
    if (read.problems.length === 0) value.push(read.value);
    else if (ours || isOurs(document, read.value.value)) problems.push(...read.problems);
  }
  return { value, problems };
}

function readDocument(path: string, document: Document.Parsed, positions: Positions): Staged<SourceDocument> {
  const locate = locator(document, positions);
  const origin = locate([]);
  const syntax = syntaxProblems(document, positions);
  try {
    // A document that abuses aliases (billion laughs) or names an unknown one cannot be expanded.
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return { value: { path, value, origin, locate }, problems: [...syntax, ...inexactNumbers(document, positions)] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const unexpanded =
      syntax.length > 0
        ? syntax
        : [problem('INVALID_YAML', aliasOrigin(document, positions) ?? origin, withoutSource(message))];
    return { value: { path, value: undefined, origin, locate }, problems: unexpanded };
  }
}

/** A document that parses but for a key that stands twice says itself whose it is. */
function isOurs({ errors }: Document.Parsed, value: unknown): boolean {
  return (
    errors.every(({ code }) => code === 'DUPLICATE_KEY') && digText(value, '', 'apiVersion').startsWith('core.oam.dev/')
  );
}

function syntaxProblems(document: Document.Parsed, { originAt }: Positions): Problem[] {
  return document.errors.map((error) =>
    error.code === 'DUPLICATE_KEY'
      ? problem('DUPLICATE_KEY', originAt(error.pos[0]), 'this key stands twice in one mapping')
      : problem(
          'INVALID_YAML',
          originAt(error.pos[0]),
          withoutSource((error.message.split('\n')[0] ?? error.code).replace(/ at line \d+, column \d+:?$/, '')),
        ),
  );
}

/** What stands at a mistake may be a credential; the line that is shown with it is masked. */
function withoutSource(message: string): string {
  if (message.includes('call stack')) return 'this is nested too deeply to be read';
  return message.replace(/^(Not a YAML token|Unresolved (?:alias|tag)[^:]*|Block scalar header[^:]*): .*$/s, '$1');
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

/** The first alias that leads nowhere. */
function aliasOrigin(document: Document.Parsed, { originAt }: Positions): Origin | undefined {
  let offset: number | undefined;
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return undefined;
      offset = alias.range?.[0];
      return visit.BREAK;
    },
  });
  return offset === undefined ? undefined : originAt(offset);
}
