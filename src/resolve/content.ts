import { createHash } from 'node:crypto';
import { type Catalog, type Declaration, type ObjectName, qualifiedName } from '../model/catalog.ts';
import type { Application } from '../model/kinds.gen.ts';
import { canonicalJson } from '../model/plain.ts';
import type { Staged } from '../model/problem.ts';
import { currentRenderFormat, type PinnedDefinitions, type RevisionContent } from '../model/revision.ts';
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
  const pinned = { application: qualifiedName(application), spec, renderFormat, ...definitionSpecs(definitions) };
  return createHash('sha256').update(canonicalJson(pinned)).digest('hex').slice(0, 16);
}

/** Whether two states of an Application are the same revision: only the spec decides. */
export function sameSpec(a: RevisionContent, b: RevisionContent): boolean {
  return canonicalJson(a.spec) === canonicalJson(b.spec);
}

function definitionSpecs({ components, traits }: PinnedDefinitions): Record<string, unknown> {
  const specs = (map: PinnedDefinitions['components']): unknown =>
    Object.fromEntries([...map].map(([type, { object }]) => [type, object.spec]));
  return { components: specs(components), traits: specs(traits) };
}
