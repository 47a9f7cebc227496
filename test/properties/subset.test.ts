import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineCounter, parseAllDocuments } from 'yaml';
import { locator, positionsOf } from '../../src/load/positions.ts';
import { offsetInSubset, readSubset } from '../../src/load/subset/read.ts';
import { printYaml } from '../../src/layout/printer.ts';
import { scalars, texts } from '../support/typed-yaml.ts';
import { dig } from '../../src/model/plain.ts';
import type { FieldPath } from '../../src/model/origin.ts';

/** What the whole of YAML says of a text: its documents that are not empty; undefined where it is wrong. */
function readWhole(
  text: string,
): { readonly value: unknown; readonly offset: (field: FieldPath, at: 'key' | 'value') => number }[] | undefined {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: counter, stringKeys: true, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  if (documents.some(({ errors, warnings }) => errors.length + warnings.length > 0)) return undefined;
  return documents
    .map((document) => {
      const locate = locator(document, positionsOf('x', counter));
      return {
        value: document.toJS() as unknown,
        offset: (field: FieldPath, at: 'key' | 'value') => {
          const { line, column } = locate(field, at);
          return (counter.lineStarts[line - 1] ?? 0) + column - 1;
        },
      };
    })
    .filter(({ value }) => value !== null);
}

/** Every field of a value, and one below each that is not there. */
function fieldsOf(value: unknown, field: FieldPath = []): FieldPath[] {
  const children: FieldPath[] =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, child]) =>
          fieldsOf(child, [...field, Array.isArray(value) ? Number(key) : key]),
        )
      : [];
  return [field, [...field, 'missing'], ...children];
}

function holdsEqual(text: string): boolean {
  const found = readSubset(text);
  if (found === undefined) return false;
  const whole = readWhole(text);
  expect(found.map(({ value }) => value)).toStrictEqual(whole?.map(({ value }) => value));
  for (const [index, { value, start }] of found.entries())
    for (const field of fieldsOf(value))
      for (const at of ['key', 'value'] as const)
        expect([field, at, offsetInSubset(text, start, field, at)]).toEqual([
          field,
          at,
          whole?.[index]?.offset(field, at),
        ]);
  return true;
}

describe('the subset of YAML that is read fast', () => {
  test('is read as the whole of YAML reads it, and given up where that finds anything wrong', () => {
    let read = 0;
    fc.assert(
      fc.property(texts, (text) => void (read += holdsEqual(text) ? 1 : 0)),
      { numRuns: 4000 },
    );
    expect(read).toBeGreaterThan(300);
  });

  test('is read alike wherever our printer wrote it, places included', () => {
    fc.assert(
      fc.property(
        fc.object({
          maxDepth: 4,
          values: [
            fc.string({ unit: 'binary' }),
            fc.integer(),
            fc.double({ noNaN: true, noDefaultInfinity: true }),
            fc.boolean(),
            fc.constant(null),
            fc.constantFrom(...scalars),
            fc.array(fc.constantFrom(...scalars)).map((lines) => lines.join('\n')),
          ],
        }),
        (value) => void holdsEqual(printYaml(value)),
      ),
      { numRuns: 1500 },
    );
  });

  test('is read alike where equal blocks follow one another, and the blocks are shared', () => {
    const lines = Array.from({ length: 80 }, (_, index) => `      key${index}: some value\n`).join('');
    const text = (name: string, tail = ''): string =>
      `spec:\n  definitions:\n    ${name}:\n${lines}${tail}    other:\n      a: 1\n`;
    const tails = [
      '',
      '\n',
      '# note\n',
      '    # note\n',
      '      # note\n',
      '  # note\n      more: 1\n',
      '        deeper: 1\n',
      '      |\n',
    ];
    for (const name of ['a', 'b']) for (const tail of tails) holdsEqual(text(name, tail));
    const blocks = ['a', 'b'].map((name) => dig(readSubset(text(name))?.[0]?.value, 'spec', 'definitions', name));
    expect(blocks[0]).toBe(blocks[1]);
  });
});
