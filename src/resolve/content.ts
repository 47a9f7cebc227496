import { createHash } from 'node:crypto';
import { type Catalog, type Declaration, type ObjectName, qualifiedName } from '../model/catalog.ts';
import type { Application } from '../model/kinds.gen.ts';
import { canonicalJson, sortedKeys } from '../model/plain.ts';
import type { Staged } from '../model/problem.ts';
import { currentRenderFormat, type PinnedDefinitions, type Revision, type RevisionContent } from '../model/revision.ts';
import { pinDefinitions } from './definitions.ts';

/** What a revision of the Application would pin now. */
export function presentContent(
  application: Declaration<Application>,
  definitions: Catalog['definitions'],
): Staged<RevisionContent> {
  const { namespace, object, locate } = application;
  const { value, problems } = pinDefinitions(definitions, { namespace, spec: object.spec, locate });
  return { value: { spec: object.spec, definitions: value, renderFormat: currentRenderFormat }, problems };
}

/** 16 hexadecimal digits over all that a revision pins; key order does not count. */
export function contentHash(application: ObjectName, { spec, definitions, renderFormat }: RevisionContent): string {
  const fields = [
    ['application', canonicalJson(qualifiedName(application))],
    ['components', specsJson(definitions.components)],
    ['renderFormat', canonicalJson(renderFormat)],
    ['spec', canonicalJson(spec)],
    ['traits', specsJson(definitions.traits)],
  ];
  const pinned = `{${fields.map(([key, json]) => `"${key}":${json}`).join(',')}}`;
  return createHash('sha256').update(pinned).digest('hex').slice(0, 16);
}

/** The same content in another render format. */
export function inFormat(revision: Revision, renderFormat: number): Revision {
  const content = { ...revision, renderFormat };
  return { ...content, hash: contentHash(revision.application, content) };
}

/** The canonical JSON of definitions' specs: many revisions pin the same. */
const specs = new WeakMap<object, string>();

function specsJson(definitions: PinnedDefinitions['components']): string {
  const fields = sortedKeys(Object.fromEntries(definitions)).map((type) => {
    const spec = definitions.get(type)?.object.spec ?? {};
    const json = specs.get(spec) ?? canonicalJson(spec);
    specs.set(spec, json);
    return `${JSON.stringify(type)}:${json}`;
  });
  return `{${fields.join(',')}}`;
}

/** Whether two states of an Application are the same revision: only the spec decides. */
export function sameSpec(a: RevisionContent, b: RevisionContent): boolean {
  return canonicalJson(a.spec) === canonicalJson(b.spec);
}
