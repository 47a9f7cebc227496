import { expect, test } from 'vitest';
import { diffJson } from '../../src/report/diff/json.ts';
import { diffMarkdown } from '../../src/report/diff/markdown.ts';
import { diffText } from '../../src/report/diff/text.ts';
import { maskText } from '../../src/diff/mask-text.ts';
import { styleFor } from '../../src/report/style.ts';
import { placed, reportOn } from '../support/fleet-state.ts';

const word = 'hunter2HUNTER2';

/** All that a report shows when an object with these fields changes, comes and goes. */
function shown(fields: (value: string) => object): string {
  const [before, after] = ['other', word].map((value) =>
    placed({ apiVersion: 'v1', kind: 'ConfigMap', ...fields(value) }),
  );
  const pairs = [
    [[before], [after]],
    [[], [after]],
    [[after], []],
  ] as Parameters<typeof reportOn>[];
  return pairs
    .map((pair) => reportOn(...pair))
    .map((report) => [diffText(report, styleFor(false), true), diffMarkdown(report), diffJson(report)].join('\n'))
    .join('\n');
}

const key = 'RSA PRIVATE KEY';

test.each([
  [(it: string): string => `mysql --password ${it}`],
  [(it: string): string => `mysql --password="${it}"`],
  [(it: string): string => `mysql --password='a b ${it}'`],
  [(it: string): string => `{"a": "{\\"password\\": \\"x ${it}\\"}", broken`],
  [(it: string): string => `DB_PWD=${it}`],
  [(it: string): string => `aws_secret_access_key = ${it}`],
  [(it: string): string => `Authorization: Bearer ${it}`],
  [(it: string): string => `X-Forward: Bearer ${it}`],
  [(it: string): string => `db:\n  password: my ${it}\n`],
  [(it: string): string => `postgres://user:a/${it}@host/db`],
  [(it: string): string => `postgres://user:a@${it}@host/db`],
  [(it: string): string => `https://${it}@git.example.com/x`],
  [(it: string): string => `user:${it}@tcp(host:3306)/db`],
  [(it: string): string => `-----BEGIN ${key}-----\nProc-Type: 4,ENCRYPTED\n\n${it}\n-----END ${key}-----`],
  [(it: string): string => JSON.stringify({ kind: 'Secret', stringData: { db: it } })],
  [(it: string): string => JSON.stringify([{ tokens: [it] }])],
])('a credential inside a text is not shown: %s', (text) => {
  expect(shown((value) => ({ metadata: { annotations: { note: text(value) } } }))).not.toContain(word);
});

test('an argument that follows the option for a credential is not shown', () => {
  const report = shown((value) => ({ spec: { args: ['--verbose', '--db-password', value] } }));
  expect(report).not.toContain(word);
  expect(report).toContain('--verbose');
});

test('the binary data of a ConfigMap is not shown', () => {
  expect(shown((value) => ({ binaryData: { key: value } }))).not.toContain(word);
});

test.each([
  'registry.example.com/auth-service:1.2@sha256:0123',
  'kubectl get secret shop',
  'http://host:8080/path?mail=me@example.com',
  'ssh://git@git.example.com/x',
  'key==value',
])('what is no credential is shown: %s', (text) => {
  expect(maskText(text, undefined, { same: '***', changed: '***' })).toBe(text);
});

test('each credential of a text is told to be the same or changed by itself', () => {
  const marks = { same: 'same', changed: 'changed' };
  expect(maskText('token=a password=b --new', 'token=a password=c', marks)).toBe('token=same password=changed --new');
});

test('a long text takes no long time', () => {
  const long = ['a://b:c', ': ', '\t', 'password', '\\"', 'a:'].map((part) => part.repeat(10_000)).join('');
  const start = performance.now();
  maskText(long, long, { same: '', changed: '' });
  expect(performance.now() - start).toBeLessThan(10_000);
});
