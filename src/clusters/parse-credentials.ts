import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import { isPlainObject, type PlainObject } from '../model/plain.ts';
import { encodingFault } from '../load/encoding.ts';
import { locator, positionsOf } from '../load/positions.ts';
import { type Complain, complainsAt, type KubeconfigProblem } from './kubeconfig-problem.ts';
import type { Locate } from '../model/origin.ts';

/** One YAML or JSON document that holds credentials. */
export interface CredentialDocument {
  readonly value: PlainObject;
  readonly locate: Locate;
  readonly complain: Complain;
}

/** A step of the conversion: what it gives, if anything, and what it found wrong. */
export interface Converted<T> {
  readonly value?: T;
  readonly problems: readonly KubeconfigProblem[];
}

/**
 * Parses a text with exactly one document, a mapping. YAML 1.1, since client-go and kubectl read it
 * so. What the parser says of a mistake quotes the source, so that only its place is passed on.
 */
export function parseCredentials(path: string, text: string): Converted<CredentialDocument> {
  const fault = encodingFault({ path, text });
  if (fault !== undefined)
    return { problems: [complainsAt(() => fault.origin)('KUBECONFIG_INVALID', [], fault.message)] };
  const counter = new LineCounter();
  const parsed = parseAllDocuments(text.replace(/^\uFEFF/, ''), {
    lineCounter: counter,
    version: '1.1',
    stringKeys: true,
    logLevel: 'silent',
  });
  const positions = positionsOf(path, counter);
  const documents = (Array.isArray(parsed) ? parsed : []).filter(
    ({ contents, errors }) => contents !== null || errors.length > 0,
  );
  const top = (line: number, column: number): Complain => complainsAt(() => ({ path, line, column }));
  const problems = documents.flatMap(({ errors }) =>
    errors.map(({ code, pos }) => {
      const { line, column } = positions.originAt(pos[0]);
      return top(line, column)('KUBECONFIG_INVALID', [], `this is not valid YAML (${code})`);
    }),
  );
  const [document, second] = documents;
  if (problems.length > 0) return { problems };
  if (document === undefined) return { problems: [top(1, 1)('KUBECONFIG_INVALID', [], 'there is nothing here')] };
  const locate = locator(document, positions);
  const complain = complainsAt(locate);
  if (second !== undefined)
    return {
      problems: [complainsAt(locator(second, positions))('KUBECONFIG_INVALID', [], 'a second document begins here')],
    };
  const value = valueOf(document);
  if (!isPlainObject(value) || !isJson(value))
    return { problems: [complain('KUBECONFIG_INVALID', [], 'this is not a mapping of what JSON has')] };
  return { value: { value, locate, complain }, problems: [] };
}

/** Whether there is nothing but what JSON has: no dates, sets, ordered mappings or bytes, which YAML tags make. */
function isJson(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every(isJson);
}

/** A document that abuses aliases, or names an unknown one, has no value. */
function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}
