import { describe, expect, test } from 'vitest';
import { ParameterSchemaError, readParameters } from '../../src/render/parameters.ts';

function withPattern(pattern: string): object {
  return { type: 'object', properties: { name: { type: 'string', pattern } } };
}

describe('patterns of a definition', () => {
  test.each(['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '^([a-z]*)*$', '^(.*a){20}$'])(
    '%s ends, whatever it meets',
    (pattern) => {
      const name = `${'a'.repeat(50_000)}!`;
      expect(readParameters(withPattern(pattern), { name }).findings).toMatchObject([{ code: 'INVALID_VALUE' }]);
    },
  );

  test('keys are matched in the same way', () => {
    const schema = {
      type: 'object',
      patternProperties: { '^(a+)+$': { type: 'number' } },
      additionalProperties: false,
    };
    expect(readParameters(schema, { [`${'a'.repeat(5000)}!`]: 1 }).findings).toHaveLength(1);
    expect(readParameters(schema, { aaa: 1 }).findings).toEqual([]);
  });

  test.each(['(?=a)', '(a)\\1', '(unclosed'])('%s is refused: RE2 does not take it', (pattern) => {
    expect(() => readParameters(withPattern(pattern), { name: 'a' })).toThrow(ParameterSchemaError);
  });

  test('letters are Unicode\u2019s', () => {
    expect(readParameters(withPattern('^\\p{L}+$'), { name: 'é' }).findings).toEqual([]);
  });
});
