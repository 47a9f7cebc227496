import type { FieldPath } from '../../model/origin.ts';
import { dig, digText, isPlainObject, type PlainObject } from '../../model/plain.ts';
import { type PatchRule, type PatchRules, plainRule, splitKeys } from '../patch/rules.ts';
import { tagPrefix } from './tags.ts';

/** An evaluated value without the fields that carry tags, and the rules that they state. */
export interface Untagged {
  readonly value: PlainObject;
  /** A tag holds for its field and for all below, until another one. */
  readonly rules: PatchRules;
  /** The strategy that is tagged on the value as a whole. */
  readonly whole: string;
}

/** Takes the tags out of a patch; `own` are those on the patch itself. */
export function untag(patch: PlainObject, own: PlainObject): Untagged {
  const whole = digText(own, '', 'patchStrategy');
  return {
    value: withoutTags(patch) as PlainObject,
    rules: (path) => ruleAt(patch, path, digText(own, '', 'patchKey')),
    whole,
  };
}

/** Drops the fields that only carry tags, at any depth. */
export function withoutTags(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTags);
  if (!isPlainObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !key.startsWith(tagPrefix));
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutTags(child)]));
}

function ruleAt(patch: PlainObject, path: FieldPath, inherited: string): PatchRule {
  let rule: PatchRule = { ...plainRule, keys: splitKeys(inherited) };
  for (const depth of path.keys()) {
    const tag = tagAt(patch, path.slice(0, depth + 1));
    // The strategy is for the tagged field alone; the key is for every list below it.
    const strategy = digText(tag, 'unify', 'patchStrategy');
    const keys = dig(tag, 'patchKey') === undefined ? rule.keys : splitKeys(digText(tag, '', 'patchKey'));
    rule = { keys, strategy: isStrategy(strategy) ? strategy : 'unify' };
  }
  return rule;
}

/**
 * The tag of the field at a path. It stands beside the first label of a chain, under the names of
 * all of its labels; indexes are those of the patched list, so that any element may have it.
 */
function tagAt(patch: PlainObject, path: FieldPath): unknown {
  let nodes: readonly unknown[] = [patch];
  let found: unknown;
  for (const [depth, part] of path.entries()) {
    const rest = path.slice(depth);
    const name = `${tagPrefix}${rest.join('.')}`;
    if (rest.every((each) => typeof each === 'string'))
      found ??= nodes.map((node) => dig(node, name)).find(isPlainObject);
    nodes = nodes.flatMap((node) =>
      Array.isArray(node) ? (node as unknown[]) : dig(node, part) === undefined ? [] : [dig(node, part)],
    );
  }
  return found;
}

function isStrategy(text: string): text is PatchRule['strategy'] {
  return text === 'replace' || text === 'retainKeys';
}
