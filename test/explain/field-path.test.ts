import { expect, test } from 'vitest';
import { parseField } from '../../src/explain/field-path.ts';
import { fieldText } from '../../src/model/origin.ts';

test('a field is asked for as it is shown, whatever its name holds', () => {
  const odd = ['data', 'a"b\\c.d', 0, ''];
  expect(parseField(fieldText(odd))).toEqual(odd);
  expect(parseField('data["\\q"]')).toEqual(undefined);
});
