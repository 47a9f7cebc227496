import { describe, expect, test } from 'vitest';
import { originText } from '../../src/model/origin.ts';
import { marker } from '../../src/model/output.ts';
import { parse } from '../../src/load/parse.ts';
import { validate } from '../../src/load/validate.ts';

const app = `apiVersion: core.oam.dev/v1beta1
kind: Application
metadata:
  name: app
spec:
  components:
    - name: web
      type: webservice
`;

function names(text: string, path = 'f.yaml'): string[] {
  return validate(parse([{ path, text }]).value).value.map(({ declaration }) => declaration.name);
}

/** `CODE line:column` of every problem of a file. */
function findings(text: string): string[] {
  const parsed = parse([{ path: 'f.yaml', text }]);
  return [...parsed.problems, ...validate(parsed.value).problems].map(
    ({ code, origin }) => `${code} ${originText(origin).replace('f.yaml:', '')}`,
  );
}

describe('a document of ours is read', () => {
  test.each([
    ['as YAML', app],
    [
      'as JSON',
      JSON.stringify({
        apiVersion: 'core.oam.dev/v1beta1',
        kind: 'Application',
        metadata: { name: 'app' },
        spec: { components: [{ name: 'web', type: 'w' }] },
      }),
    ],
    ['with a byte order mark', `\uFEFF${app}`],
    ['with CRLF', app.replaceAll('\n', '\r\n')],
    ['without a newline at the end', app.trimEnd()],
    ['in a List, as kubectl prints it', `kind: List\nitems:\n- ${app.trimEnd().replaceAll('\n', '\n  ')}\n`],
    ['after a comment and a separator', `# hello\n---\n${app}`],
    ['between empty documents', `---\n---\n${app}---\n---\n`],
    ['beside documents of others', `kind: Secret\n---\n${app}---\n- 1\n---\nfoo\n---\nkind: 12\n`],
    ['under a YAML directive', `%YAML 1.2\n---\n${app}`],
    ['with anchors and aliases', app.replace('name: web', 'name: &n web').replace('webservice', '*n')],
    ['with {{ in a value', app.replace('webservice', '"{{ x }}"')],
  ])('%s', (_, text) => {
    expect(findings(text)).toEqual([]);
    expect(names(text)).toEqual(['app']);
  });

  test('several of one file, with their own lines', () => {
    const text = `${app}---\n${app.replace('name: app', 'name: two')}`;
    const { value } = parse([{ path: 'f.yaml', text }]);
    expect(value.map(({ origin, locate }) => [origin.line, locate(['spec', 'components', 0, 'type']).line])).toEqual([
      [1, 8],
      [10, 17],
    ]);
  });

  test.each([
    ['LF', app],
    ['CRLF', app.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${app}`],
  ])('positions are those of an editor with %s', (_, text) => {
    const [document] = parse([{ path: 'f.yaml', text }]).value;
    const at = (...field: (string | number)[]): string =>
      originText(document?.locate(field) ?? { path: '', line: 0, column: 0 });
    expect([at('kind'), at('spec', 'components', 0, 'name')]).toEqual(['f.yaml:2:7', 'f.yaml:7:13']);
  });
});

describe('a file that is not ours is passed over without a word', () => {
  test.each([
    ['a Helm template of one of our kinds', `${app}{{- if .Values.x }}\nspec: {{ .Values.y }}\n{{- end }}\n`],
    ['a broken Compose file', 'services:\n  web:\n   image: "x\n'],
    ['a broken SOPS file', 'data: ENC[AES256_GCM,data:x]\nsops:\n  - {\n'],
    ['broken YAML that mentions us', 'note: see core.oam.dev/v1beta1\na: [\n'],
    ['broken YAML with our apiVersion further in', 'spec:\n  apiVersion: core.oam.dev/v1beta1\n a: [\n'],
    ['a duplicate key of another’s', 'apiVersion: v1\nkind: Service\nkind: Service\n# core.oam.dev/\n'],
    ['another kind of core.oam.dev', app.replace('Application', 'WorkflowRun')],
    ['our own output', `${marker}\n${app}`],
    ['our own output with CRLF', `${marker}\r\n${app}`],
    ['the marker alone', marker],
    ['nothing', ''],
    [
      'a billion laughs',
      `a: &a [x, x, x]\nb: &b [*a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c]\ne: [*d, *d, *d]\nx: core.oam.dev/\n`,
    ],
    ['binary rubbish', '\u0000\u0001core.oam.dev/\uFFFD\t- [{'],
  ])('%s', (_, text) => {
    expect(findings(text)).toEqual([]);
    expect(names(text)).toEqual([]);
  });

  test('a line that only begins like the marker is input', () => {
    expect(names(`${marker} Or so.\n${app}`)).toEqual(['app']);
  });
});

const twice = `${app}kind: Application\n`;
const dottedType = app.replace('type: webservice', 'type: "{{ x }}"');

describe('a mistake in a document of ours is a problem at its line', () => {
  test.each([
    ['an unclosed quote', `${app}x: "a\n`, 'INVALID_YAML'],
    ['a wrong indent', app.replace('  name: app', '  name: app\n namespace: x'), 'INVALID_YAML 5:1'],
    ['a tab', app.replace('  name: app', '\tname: app'), 'INVALID_YAML'],
    ['a duplicate key', twice, 'DUPLICATE_KEY 9:1'],
    ['a duplicate key in a file with CRLF', twice.replaceAll('\n', '\r\n'), 'DUPLICATE_KEY 9:1'],
    ['a duplicate key after a byte order mark', `\uFEFF${twice}`, 'DUPLICATE_KEY 9:1'],
    ['a duplicate key in a document that holds {{', `${dottedType}kind: Application\n`, 'DUPLICATE_KEY 9:1'],
    [
      'a duplicate key in one line of JSON',
      '{"apiVersion":"core.oam.dev/v1beta1","kind":"Application","kind":"Application"}',
      'DUPLICATE_KEY 1:59',
    ],
    ['a duplicate key under a quoted apiVersion', twice.replace('apiVersion', "'apiVersion'"), 'DUPLICATE_KEY 9:1'],
    [
      'a duplicate key deep down',
      app.replace('    - name: web', '    - name: web\n      name: web'),
      'DUPLICATE_KEY 8:7',
    ],
    [
      'a conflict of Git',
      app.replace('  name: app', '<<<<<<< HEAD\n  name: app\n=======\n  name: b\n>>>>>>> x'),
      'MERGE_MARKERS 4:1$',
    ],
    ['an unknown alias', app.replace('webservice', '*nope'), 'INVALID_YAML 8:13'],
    ['an unknown kind', app.replace('Application', 'Aplication'), 'UNKNOWN_KIND 2:7'],
    ['an old version', app.replace('v1beta1', 'v1alpha2'), 'UNSUPPORTED_VERSION 1:13'],
  ])('%s', (_, text, expected) => expect(findings(text)[0]).toMatch(new RegExp(`^${expected}`)));

  test('a broken document of a file is a problem even where the others are read', () => {
    expect(findings(`${app}---\na: [\n`)[0]).toMatch(/^INVALID_YAML/);
  });
});

describe('a number that JavaScript would round is a problem', () => {
  const withNumber = (number: string): string => `${app}      properties: { n: ${number} }\n`;
  test.each([
    '9007199254740993',
    '-9007199254740993',
    '18446744073709551615',
    '0x20000000000001',
    '1e400',
    '.inf',
    '.nan',
  ])('%s', (number) => {
    expect(findings(withNumber(number))).toEqual(['INVALID_VALUE 9:24']);
  });

  test('also in a document that holds {{', () => {
    expect(findings(`${dottedType}      properties: { n: 9007199254740993 }\n`)).toEqual(['INVALID_VALUE 9:24']);
  });

  test.each(['9007199254740991', '-1', '0.1', '1e3', '"9007199254740993"', "'1e400'"])('%s is none', (number) => {
    expect(findings(withNumber(number))).toEqual([]);
  });
});
