import { parseDocument } from 'yaml';
import { readSubset } from '../load/subset/read.ts';
import { isPlainObject, memoise, type PlainObject } from '../model/plain.ts';
import { type PatchRules, type StatedRules, statedRules } from './patch/rules.ts';

/** What a definition gives for some properties. */
export interface Written {
  readonly output: PlainObject;
  readonly outputs: PlainObject;
  /** undefined where the workload stays as it is. */
  readonly patch: unknown;
  readonly patchFormat: PatchFormat;
  readonly patchRules: PatchRules;
  /** Patches of other outputs, by their key. */
  readonly patchOutputs: PlainObject;
  readonly outputRules: (resource: string) => PatchRules;
  /** What the definition itself finds wrong with the properties. */
  readonly errs: readonly string[];
  /** The output once more, with values in place of its defaults; undefined where they are no defaults. */
  readonly override?: (values: readonly Override[]) => PlainObject | undefined;
}

/** A value that a patch wants at a path of the output. */
export interface Override {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** How a patch is meant: unified with the base, or one of the JSON patches. */
export type PatchFormat = 'unify' | 'jsonPatch' | 'jsonMergePatch';

/** What a template wrote, or why it cannot be used. */
export type ReadTemplate = { readonly value: PlainObject } | { readonly wrong: string };

const parts = ['output', 'outputs', 'patch', 'patchOutputs', 'errs'];

/**
 * Reads a template's text: at once, so that only objects go on. Remembered by text, since most
 * clusters get the same.
 */
export const readTemplateText: (text: string) => ReadTemplate = memoise(read, (text) => text);

/** What a Handlebars template wrote, with the rules that its definition states. */
export function writtenBy(value: PlainObject, rules: StatedRules & { readonly patchFormat?: PatchFormat }): Written {
  const object = (field: string): PlainObject => (isPlainObject(value[field]) ? value[field] : {});
  const errs = Array.isArray(value['errs']) ? (value['errs'] as unknown[]) : [];
  return {
    output: object('output'),
    outputs: object('outputs'),
    patch: value['patch'] ?? undefined,
    patchFormat: rules.patchFormat ?? 'unify',
    patchRules: statedRules(rules),
    patchOutputs: object('patchOutputs'),
    outputRules: (resource) => statedRules(rules, `patchOutputs.${resource}.`),
    errs: errs.filter((err) => typeof err === 'string'),
  };
}

function read(text: string): ReadTemplate {
  const plain = readSubset(text);
  if (plain?.length === 1) return partsOf(plain[0]?.value);
  const document = parseDocument(text, { stringKeys: true, logLevel: 'silent', prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) return { wrong: `the template wrote invalid YAML: ${error.message}` };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch {
    return { wrong: 'the template wrote aliases that cannot be expanded' };
  }
  return partsOf(value);
}

function partsOf(value: unknown): ReadTemplate {
  if (!isPlainObject(value)) return { wrong: `the template wrote no mapping with ${parts.slice(0, 3).join(', ')}` };
  const stray = Object.keys(value).find((key) => !parts.includes(key));
  return stray === undefined ? { value } : { wrong: `the template wrote ${stray}; expected ${parts.join(', ')}` };
}
