import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../model/manifest.ts';
import type { FieldPath } from '../model/origin.ts';
import { isPlainObject } from '../model/plain.ts';
import { mayBeSecret } from '../model/sensitive.ts';
import { pairedChildren } from './fields.ts';
import { announcesCredential, maskText } from './mask-text.ts';

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
 * changed. Fields are known by their names (`mayBeSecret`), also those of JSON inside a text; besides,
 * whatever looks like one inside other text goes: `--password=x`, `https://user:x@host`.
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
  if (Array.isArray(own))
    return own.map((value: unknown, index) =>
      announcesCredential(own[index - 1]) ? starsFor(value, others.get(index), changed) : child(value, index),
    );
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [key, child(value, key)]));
}

function maskScalar(own: unknown, other: unknown, path: FieldPath, changed: string): unknown {
  if (own === undefined || own === null) return own;
  if (mayBeSecret(path)) return starsFor(own, other, changed);
  if (typeof own !== 'string') return own;
  const document = jsonIn(own);
  if (document !== undefined) return JSON.stringify(masking(document, jsonIn(other), [], changed));
  return maskText(own, other, { same: hidden, changed });
}

function starsFor(own: unknown, other: unknown, changed: string): string {
  return isDeepStrictEqual(own, other) ? hidden : changed;
}

/** The mapping or list in a text of JSON, such as an annotation that holds an object; undefined for any other text. */
function jsonIn(text: unknown): unknown {
  if (typeof text !== 'string' || !/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
