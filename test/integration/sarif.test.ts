import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { dig, digList } from '../../src/model/plain.ts';
import { problemCases } from '../support/problem-cases.ts';
import { sarifSchema } from '../support/programs.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

/** What RFC 3986 lets stand in a reference, percent signs only before two digits. */
const uriReference = /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\dA-F]{2})*$/i;

// The schema is of draft 4, and uses nothing of it but `id` that later drafts do not know.
const { id, $schema: _draft, ...schema } = sarifSchema();
const validate = new Ajv({
  strict: false,
  allErrors: true,
  formats: { uri: (text: string) => URL.canParse(text), 'uri-reference': uriReference, 'date-time': true },
}).compile({ $id: String(id), ...schema });

test.each(Object.entries(problemCases))('%s is valid SARIF', async (code, { files, afterwards, command }) => {
  const written = new ScratchRepo().write(files);
  const repo = afterwards === undefined ? written : await afterwards(written);
  const { stderr } = await repo.appdeploy(...(command ?? ['validate']), '--problems', 'sarif');
  const log = JSON.parse(stderr) as unknown;
  validate(log);
  expect(validate.errors).toBeNull();
  expect(digList(log, 'runs', 0, 'results').map((result) => dig(result, 'ruleId'))).toContain(code);
});

test('the schema would find something wrong', () => {
  expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
});
