import type { Declaration, SourceDocument } from '../model/catalog.ts';
import type { Origin } from '../model/origin.ts';
import { digObject, digText, isPlainObject } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { nearest, schemaFindings } from '../schema/findings.ts';
import { type Kind, kindSchemas, kindValidator } from '../schema/schemas.ts';
import { isOtherKubeVelaKind } from './ours.ts';
import { placementFolder } from './record-folders.ts';

/** A document of ours with its kind, known to fit the kind's schema. */
export interface Validated {
  readonly kind: Kind;
  readonly declaration: Declaration<unknown>;
}

const readVersion = 'core.oam.dev/v1beta1';

/** Keeps the documents of the kinds we read; each that does not fit its schema is a problem at its line. */
export function validate(documents: readonly SourceDocument[]): Staged<Validated[]> {
  const value: Validated[] = [];
  const problems: Problem[] = [];
  for (const document of documents) {
    const kind = kindOf(document);
    if (typeof kind === 'object') problems.push(kind);
    if (typeof kind !== 'string') continue;
    const wrong = validateAs(kind, document);
    problems.push(...wrong);
    if (wrong.length === 0) value.push({ kind, declaration: declare(document) });
  }
  return { value, problems };
}

/** The problems of a document under a kind's schema. */
export function validateAs(kind: Kind, document: SourceDocument): Problem[] {
  const check = kindValidator(kind);
  if (check(document.value)) return [];
  return schemaFindings(check.errors ?? [], document.value).map(({ code, field, at, message, hint }) =>
    problem(code, document.locate(field, at), message, hint === undefined ? {} : { hint }),
  );
}

/** Kinds that are not of core.oam.dev. */
const otherGroups = new Set<string>(['Gateway', 'Config', 'PlacementRecord'] satisfies Kind[]);

/** Istio's Gateways; and placement records, in their own folder only. */
function kindOfOtherGroup(apiVersion: string, kind: string, { path }: Origin): Kind | undefined {
  if (kind === 'Gateway' && apiVersion.startsWith('networking.istio.io/')) return kind;
  const isRecord = kind === 'PlacementRecord' && apiVersion === 'appdeploy.dev/v1alpha1';
  return isRecord && path.startsWith(`${placementFolder}/`) ? kind : undefined;
}

/** The kind of a document, undefined when it is not ours, or the problem with it. */
function kindOf({ value, locate, origin }: SourceDocument): Kind | Problem | undefined {
  const { apiVersion, kind } = isPlainObject(value) ? value : {};
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  if (!apiVersion.startsWith('core.oam.dev/')) return kindOfOtherGroup(apiVersion, kind, origin);
  if (!Object.hasOwn(kindSchemas, kind) || otherGroups.has(kind)) {
    return isOtherKubeVelaKind(kind)
      ? undefined
      : problem(
          'UNKNOWN_KIND',
          locate(['kind']),
          `${JSON.stringify(kind)} is no kind of core.oam.dev; the document is not read`,
          kindHint(kind),
        );
  }
  if (apiVersion === readVersion) return kind as Kind;
  return problem(
    'UNSUPPORTED_VERSION',
    locate(['apiVersion']),
    `${kind} has apiVersion ${JSON.stringify(apiVersion)}; expected "${readVersion}"`,
  );
}

function kindHint(kind: string): { readonly hint?: string } {
  const near = nearest(
    kind,
    Object.keys(kindSchemas).filter((known) => !otherGroups.has(known)),
  );
  return near === undefined ? {} : { hint: `Did you mean ${near}?` };
}

function declare({ value, origin, locate }: SourceDocument): Declaration<unknown> {
  const metadata = digObject(value, 'metadata');
  return {
    name: digText(metadata, '', 'name'),
    namespace: digText(metadata, 'default', 'namespace'),
    object: value,
    origin,
    locate,
  };
}
