import type { FieldPath } from '../../model/origin.ts';

/** How a patch meets the field or list at its path. */
export interface PatchRule {
  /**
   * For lists: the fields that tell elements apart, each a dotted path. Elements that agree in all
   * of them are one.
   */
  readonly keys: readonly string[];
  /**
   * `replace`: the patch's value stands. `retainKeys`: so it does, and of a list the matched
   * elements are replaced. `every`: the one element of the patch's list is for each of the base's.
   */
  readonly strategy: 'unify' | 'replace' | 'retainKeys' | 'every';
}

/** The rule at a path of the patched object; list indexes are part of the path. */
export type PatchRules = (path: FieldPath) => PatchRule;

/** What holds where nothing else is said. */
export const plainRule: PatchRule = { keys: [], strategy: 'unify' };

/** How a Handlebars definition states its rules: by dotted path without list indexes. */
export interface StatedRules {
  readonly patchKeys?: Readonly<Record<string, string>>;
  readonly patchStrategies?: Readonly<Record<string, Exclude<PatchRule['strategy'], 'unify'>>>;
}

/** Rules of a Handlebars definition; they hold at their own path alone. */
export function statedRules({ patchKeys = {}, patchStrategies = {} }: StatedRules, prefix = ''): PatchRules {
  return (path) => {
    const dotted = prefix + path.filter((part) => typeof part === 'string').join('.');
    return {
      keys: Object.hasOwn(patchKeys, dotted) ? splitKeys(patchKeys[dotted]) : [],
      strategy: (Object.hasOwn(patchStrategies, dotted) ? patchStrategies[dotted] : undefined) ?? 'unify',
    };
  };
}

/** `name,mountPath` → its parts. */
export function splitKeys(text = ''): string[] {
  return text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
}
