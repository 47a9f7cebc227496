import { dig, memoise, type PlainObject } from '../../model/plain.ts';

/**
 * The context without what a template does not look at, so that clusters share an evaluation; `cluster` is
 * the cluster's name in CUE, as in KubeVela.
 */
export function neededContext(context: PlainObject, template: string): PlainObject {
  const asked = askedFields(template);
  const entries = Object.entries(context).filter(([key]) => key === 'name' || asked === 'all' || asked.has(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, key === 'cluster' ? dig(value, 'name') : value]));
}

/** The fields of `context` that a template names; all where it takes the context as a whole. */
const askedFields: (template: string) => ReadonlySet<string> | 'all' = memoise(
  (template) => {
    const uses = [...template.matchAll(/\bcontext\b(?:\s*\.\s*([\w$]+)|\s*(?:\.|\[)\s*"([^"\\]+)")?/g)];
    const names = uses.map(([, plain, quoted]) => plain ?? quoted);
    return names.includes(undefined) ? 'all' : new Set(names.filter((name) => name !== undefined));
  },
  (template) => template,
);
