import type { ErrorObject } from 'ajv';
import { type FieldPath, fieldText } from '../model/origin.ts';
import { dig, groupBy } from '../model/plain.ts';
import { mayBeSecret } from '../model/sensitive.ts';
import type { ProblemCode } from '../model/problem-codes.ts';

/** One place where a value does not fit its schema. */
export interface SchemaFinding {
  readonly code: ProblemCode;
  readonly field: FieldPath;
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly hint?: string;
}

/** Keywords that only say that another one failed. */
const echoes = new Set(['if', 'anyOf', 'oneOf', 'allOf', 'not']);

/** Turns ajv's errors into findings, in the order of the document, without echoes. */
export function schemaFindings(errors: readonly ErrorObject[], root: unknown): SchemaFinding[] {
  const own = errors.filter(({ keyword }) => !echoes.has(keyword));
  const told = own.length > 0 ? own : errors;
  const findings = [
    ...choices(told).map(({ path, names }) => missingChoice(fieldOf(path, root), names)),
    ...told.filter((error) => !isChoice(error)).map((error) => describe(error, fieldOf(error.instancePath, root))),
  ];
  // Branches of a choice say the same of one field; what is missing is another thing each time.
  const keyOf = ({ code, field, message }: SchemaFinding): string =>
    `${code} ${fieldText(field)} ${code === 'MISSING_FIELD' ? message : ''}`;
  const unique = new Map(findings.map((finding) => [keyOf(finding), finding]));
  return [...unique.values()];
}

/** Whether a field is missing as one way among several (`anyOf: [{required: [a]}, {required: [b]}]`). */
function isChoice({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword === 'required' && /\/(?:anyOf|oneOf)\/\d+\/required$/.test(schemaPath);
}

/** The fields of which one is missing, by the place where it is. */
function choices(errors: readonly ErrorObject[]): { readonly path: string; readonly names: string[] }[] {
  const groups = groupBy(errors.filter(isChoice), ({ instancePath }) => instancePath);
  return [...groups].map(([path, group]) => ({
    path,
    names: [...new Set(group.map(({ params }) => String((params as Record<string, unknown>)['missingProperty'])))],
  }));
}

function missingChoice(field: FieldPath, names: readonly string[]): SchemaFinding {
  const [only] = names;
  const what = names.length === 1 && only !== undefined ? fieldText([...field, only]) : `one of ${names.join(', ')}`;
  return { code: 'MISSING_FIELD', field, at: 'value', message: `${what} is missing` };
}

/** JSON Pointer → path; list indexes become numbers. */
function fieldOf(pointer: string, root: unknown): FieldPath {
  const path: (string | number)[] = [];
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(dig(root, ...path)) ? Number(key) : key);
  }
  return path;
}

function describe(error: ErrorObject, field: FieldPath): SchemaFinding {
  const params = error.params as Record<string, unknown>;
  const name = fieldText(field) || 'the document';
  const where = (code: ProblemCode, message: string): SchemaFinding => ({ code, field, at: 'value', message });
  switch (error.keyword) {
    case 'required':
      return where('MISSING_FIELD', `${fieldText([...field, String(params['missingProperty'])])} is missing`);
    case 'additionalProperties':
      return unknownField(error, [...field, String(params['additionalProperty'])]);
    case 'type':
      return where('WRONG_TYPE', `${name} is ${found(error.data, field)}; expected ${String(params['type'])}`);
    case 'enum':
      return where(
        'INVALID_VALUE',
        `${name} is ${found(error.data, field)}; expected ${oneOf(params['allowedValues'])}`,
      );
    case 'const':
      return where(
        'INVALID_VALUE',
        `${name} is ${found(error.data, field)}; expected ${JSON.stringify(params['allowedValue'])}`,
      );
    default:
      return where('INVALID_VALUE', `${name} is ${found(error.data, field)}; it ${error.message ?? 'is not valid'}`);
  }
}

function oneOf(values: unknown): string {
  return (values as unknown[]).map((value) => JSON.stringify(value)).join(' or ');
}

/** KubeVela fields that exist there and have no meaning here. */
const kubevelaFields: Readonly<Record<string, string>> = {
  policies: 'Place and override with an AppDeployment.',
  workflow: 'Argo CD applies the manifests; order them with its sync waves.',
  rolloutPlan: 'Split traffic between revisions with an AppDeployment.',
  scopes: 'Scopes have no meaning without KubeVela\u2019s controller.',
  dependsOn: 'Argo CD applies the manifests; order them with its sync waves.',
  inputs: 'Values cannot be passed between components without KubeVela\u2019s controller.',
  outputs: 'Values cannot be passed between components without KubeVela\u2019s controller.',
};

function unknownField(error: ErrorObject, field: FieldPath): SchemaFinding {
  const name = String(field.at(-1));
  const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
  const kubevela = kubevelaFields[name];
  const hint = kubevela === undefined ? closest(name, known) : `${kubevela} Remove the field.`;
  return {
    code: 'UNKNOWN_FIELD',
    field,
    at: 'key',
    message: `${fieldText(field)} is not a field that is read here`,
    ...(hint === undefined ? {} : { hint }),
  };
}

function closest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const near = nearest(name, known);
  return near === undefined ? `Fields here are ${known.join(', ')}.` : `Did you mean ${near}?`;
}

/** The name that was probably meant. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  return (
    known.find((candidate) => candidate.toLowerCase() === name.toLowerCase()) ??
    known.find((candidate) => distance(candidate, name) <= 2)
  );
}

/** Levenshtein's edit distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** What stands there, for a message: the type, and the value where it is short and cannot be a secret. */
function found(value: unknown, field: FieldPath): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  const type = typeof value === 'string' ? 'the string' : `the ${typeof value}`;
  const secret = mayBeSecret(field);
  const text = JSON.stringify(value);
  return secret || text.length > 60 ? type.replace('the', 'a') : `${type} ${text}`;
}
