import { parseDocument } from 'yaml';
import { isPlainObject, memoise, type PlainObject } from '../model/plain.ts';

/** What a template wrote, read as YAML, or why it cannot be used. */
export type Written = { readonly value: PlainObject } | { readonly wrong: string };

const parts = ['output', 'outputs', 'patch'];

/**
 * Reads a template's text: at once, so that only objects go on. Remembered by text, since most
 * clusters get the same.
 */
export const readWritten: (text: string) => Written = memoise(read, (text) => text);

function read(text: string): Written {
  const document = parseDocument(text, { stringKeys: true, logLevel: 'silent', prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) return { wrong: `the template wrote invalid YAML: ${error.message}` };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch {
    return { wrong: 'the template wrote aliases that cannot be expanded' };
  }
  if (!isPlainObject(value)) return { wrong: 'the template wrote no mapping with output, outputs or patch' };
  const stray = Object.keys(value).find((key) => !parts.includes(key));
  return stray === undefined ? { value } : { wrong: `the template wrote ${stray}; expected output, outputs or patch` };
}
