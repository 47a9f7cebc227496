import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../model/manifest.ts';
import type { FieldPath } from '../model/origin.ts';
import { isPlainObject } from '../model/plain.ts';
import { mayBeSecret } from '../model/sensitive.ts';
import { pairedChildren } from './fields.ts';

/** What stands for a value that may be a credential. */
export const hidden = '********';

/** The same, for one that differs from what the other side has in its place. */
const hiddenChange = '******** (changed)';

/** An object of both sides, or of one of them. */
export interface ObjectPair {
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
}

/**
 * Replaces every value that may be a credential: what is told of it is whether it is the same or
 * changed. Fields are known by their names (`mayBeSecret`); besides, whatever looks like one inside
 * other text goes: `--password=x`, `https://user:x@host`.
 */
export function masked({ before, after }: ObjectPair): ObjectPair {
  const hide = (own: KubeObject, other: KubeObject | undefined, changed: string): KubeObject =>
    masking(own, other, [], changed) as KubeObject;
  return {
    before: before === undefined ? undefined : hide(before, after, hidden),
    after: after === undefined ? undefined : hide(after, before, before === undefined ? hidden : hiddenChange),
  };
}

function masking(own: unknown, other: unknown, path: FieldPath, changed: string): unknown {
  if (!isPlainObject(own) && !Array.isArray(own)) return maskScalar(own, other, path, changed);
  const pairs = pairedChildren(other, own)?.filter(({ after }) => after !== undefined) ?? [];
  const others = new Map(pairs.map(({ key, before }) => [key, before]));
  const child = (value: unknown, key: string | number): unknown =>
    masking(value, others.get(key), [...path, key], changed);
  if (Array.isArray(own)) return own.map(child);
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [key, child(value, key)]));
}

function maskScalar(own: unknown, other: unknown, path: FieldPath, changed: string): unknown {
  if (own === undefined || own === null) return own;
  const isSame = isDeepStrictEqual(own, other);
  if (mayBeSecret(path)) return isSame ? hidden : changed;
  return typeof own === 'string' ? maskText(own, isSame ? hidden : changed) : own;
}

/** Credentials inside other text: in an assignment to a telling name, and in an address. */
function maskText(text: string, stars: string): string {
  return text
    .replace(/((?:pass|secret|token|credential|key|auth)\w*=)[^\s'"]+/gi, `$1${stars}`)
    .replace(/(\w:\/\/[^\s/:@]*:)[^\s/@]+@/g, `$1${stars}@`);
}
