import type { FieldPath } from '../model/origin.ts';
import { isPlainObject, type PlainObject } from '../model/plain.ts';
import type { ProblemCode } from '../model/problem-codes.ts';
import type { Complain, KubeconfigProblem } from './kubeconfig-problem.ts';

/** The types of kubeconfig fields; `base64` is Go's `[]byte`, `mapping` a struct of its own. */
type FieldType = 'text' | 'flag' | 'base64' | 'texts' | 'mapping' | 'mappings';

/** What becomes of a field: carried over, or named in a problem of this code. */
interface FieldRule {
  readonly type: FieldType;
  readonly problem?: { readonly code: ProblemCode; readonly says: string };
}

/** The fields of one struct. */
export type FieldRules = Readonly<Record<string, FieldRule>>;

const carried = (type: FieldType): FieldRule => ({ type });
const file: FieldRule = {
  type: 'text',
  problem: { code: 'KUBECONFIG_FILE', says: 'names a file, which Argo CD does not have' },
};
const refused = (type: FieldType, says: string): FieldRule => ({
  type,
  problem: { code: 'KUBECONFIG_UNSUPPORTED', says },
});
const dropped = (type: FieldType, says: string): FieldRule => ({
  type,
  problem: { code: 'KUBECONFIG_NOT_CARRIED', says },
});
const impersonates = 'impersonates somebody, which Argo CD\u2019s cluster Secret cannot';

/**
 * Every field of a kubeconfig and what becomes of it, after `Config`, `Cluster`, `AuthInfo`, `Context`
 * and `ExecConfig` in k8s.io/client-go v0.34 tools/clientcmd/api/v1/types.go.
 */
export const kubeconfigFields = {
  config: {
    apiVersion: carried('text'),
    kind: carried('text'),
    preferences: dropped('mapping', 'is for kubectl'),
    clusters: carried('mappings'),
    users: carried('mappings'),
    contexts: carried('mappings'),
    'current-context': carried('text'),
    extensions: dropped('mappings', 'is for other tools'),
  },
  cluster: {
    server: carried('text'),
    'tls-server-name': carried('text'),
    'insecure-skip-tls-verify': carried('flag'),
    'certificate-authority': file,
    'certificate-authority-data': carried('base64'),
    'proxy-url': carried('text'),
    'disable-compression': carried('flag'),
    // The one extension that client-go reads is carried with the exec that asks for it.
    extensions: carried('mappings'),
  },
  user: {
    'client-certificate': file,
    'client-certificate-data': carried('base64'),
    'client-key': file,
    'client-key-data': carried('base64'),
    token: carried('text'),
    tokenFile: file,
    as: refused('text', impersonates),
    'as-uid': refused('text', impersonates),
    'as-groups': refused('texts', impersonates),
    'as-user-extra': refused('mapping', impersonates),
    username: carried('text'),
    password: carried('text'),
    'auth-provider': refused('mapping', 'is a plugin inside of client-go, which Argo CD cannot be told of'),
    exec: carried('mapping'),
    extensions: dropped('mappings', 'is for other tools'),
  },
  context: {
    cluster: carried('text'),
    user: carried('text'),
    namespace: dropped('text', 'is kubectl\u2019s default; an Application names its own'),
    extensions: dropped('mappings', 'is for other tools'),
  },
  exec: {
    command: carried('text'),
    args: carried('texts'),
    env: carried('mappings'),
    apiVersion: carried('text'),
    installHint: carried('text'),
    provideClusterInfo: carried('flag'),
    interactiveMode: carried('text'),
  },
  env: { name: carried('text'), value: carried('text') },
} as const satisfies Readonly<Record<string, FieldRules>>;

/** The fields of one struct that say something and fit their type; those left out are Go's zero values. */
export interface Fields {
  readonly values: PlainObject;
  readonly problems: readonly KubeconfigProblem[];
}

/** Reads one struct: wrong types, unknown fields and what cannot be carried are problems. */
export function readFields(rules: FieldRules, value: unknown, at: FieldPath, complain: Complain): Fields {
  if (value === null || value === undefined) return { values: {}, problems: [] };
  if (!isPlainObject(value)) return { values: {}, problems: [complain('KUBECONFIG_INVALID', at, 'must be a mapping')] };
  const values: Record<string, unknown> = {};
  const problems: KubeconfigProblem[] = [];
  for (const [name, content] of Object.entries(value)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) problems.push(unknownField(value, name, at, complain));
    else if (content !== null && !hasType(content, rule.type))
      problems.push(complain('KUBECONFIG_INVALID', [...at, name], `must be ${typeNames[rule.type]}`));
    else if (!isZero(content)) {
      values[name] = content;
      if (rule.problem !== undefined) problems.push(complain(rule.problem.code, [...at, name], rule.problem.says));
    }
  }
  return { values, problems };
}

/** The name is not repeated: it may be a credential with a colon in the wrong place. */
function unknownField(value: PlainObject, name: string, at: FieldPath, complain: Complain): KubeconfigProblem {
  const index = Object.keys(value).indexOf(name) + 1;
  const message = `holds a field that client-go does not know, its ${index}${ordinal(index)}`;
  const { origin } = complain('KUBECONFIG_UNSUPPORTED', [...at, name], message);
  return { ...complain('KUBECONFIG_UNSUPPORTED', at, at.length === 0 ? `the top ${message}` : message), origin };
}

function ordinal(index: number): string {
  return ['th', 'st', 'nd', 'rd'][index % 100 > 10 && index % 100 < 14 ? 0 : index % 10] ?? 'th';
}

const typeNames = {
  text: 'a string',
  flag: 'true or false',
  base64: 'base64',
  texts: 'a list of strings',
  mapping: 'a mapping',
  mappings: 'a list of mappings',
} as const satisfies Record<FieldType, string>;

function hasType(value: unknown, type: FieldType): boolean {
  if (type === 'text') return typeof value === 'string';
  if (type === 'flag') return typeof value === 'boolean';
  if (type === 'base64') return typeof value === 'string' && isBase64(value);
  if (type === 'mapping') return isPlainObject(value);
  return (
    Array.isArray(value) && value.every((item) => (type === 'texts' ? typeof item === 'string' : isPlainObject(item)))
  );
}

/** As Go's encoding/base64 StdEncoding reads it, line breaks included. */
export function isBase64(text: string): boolean {
  const digits = text.replace(/[\r\n]/g, '');
  return digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits);
}

/** Whether Go leaves the field at its zero value. */
function isZero(value: unknown): boolean {
  if (value === null || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isPlainObject(value) && Object.keys(value).length === 0;
}
