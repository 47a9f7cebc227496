import { isDeepStrictEqual } from 'node:util';
import { type Manifest, resourceId } from '../model/manifest.ts';
import type { FieldPath } from '../model/origin.ts';
import { dig, type PlainObject } from '../model/plain.ts';
import type { PinnedDefinition } from '../model/revision.ts';
import { isFloor } from '../render/autoscalers.ts';
import { renderComponent } from '../render/component.ts';
import type { Rendering } from '../render/context.ts';
import type { Emitted } from '../render/emitted.ts';
import { identify } from '../render/identity.ts';
import { waveAnnotation } from '../argocd/waves.ts';
import type { Writer } from './explanation.ts';

/** Says what put a field into the object of a manifest. */
export type WriterOf = (path: FieldPath) => Writer | undefined;

/**
 * Follows an object through its stages: the component's definition, each trait in its order, and what
 * appdeploy adds. The last stage that changes a field wrote it.
 */
export function writersOf({ object }: Manifest, rendering: Rendering): WriterOf {
  const { component, revision } = rendering;
  const traits = component.traits ?? [];
  const emitted = renderComponent(rendering).value;
  const position = identify(emitted, rendering).findIndex((each) => resourceId(each.object) === resourceId(object));
  const own = emitted[position];
  if (own === undefined) return () => undefined;
  const stages = traits.map((_trait, count) => stageOf(own, withTraits(rendering, count)));
  const states = [...stages, { object: own.object }];
  return (path) => {
    const value = dig(own.object, ...path);
    if (!isDeepStrictEqual(value, dig(object, ...path))) return { kind: 'appdeploy', what: additionText(path, value) };
    for (let count = states.length - 1; count > 0; count--) {
      const [before, after] = [states[count - 1], states[count]];
      if (before === undefined || after === undefined) return undefined;
      if (!isDeepStrictEqual(dig(before.object, ...path), dig(after.object, ...path)))
        return definitionWriter(revision.definitions.traits.get(traits[count - 1]?.type ?? ''));
    }
    return definitionWriter(revision.definitions.components.get(component.type));
  };
}

/** The object after some of the traits, empty where it is not there yet; undefined where that cannot be rendered. */
function stageOf(own: Emitted, rendering: Rendering): { readonly object: PlainObject } | undefined {
  const { value, problems } = renderComponent(rendering);
  if (problems.length > 0) return undefined;
  const found = value.find(
    ({ role, type, resource }) => role === own.role && type === own.type && resource === own.resource,
  );
  return { object: found?.object ?? {} };
}

function withTraits(rendering: Rendering, count: number): Rendering {
  const { component } = rendering;
  return { ...rendering, component: { ...component, traits: (component.traits ?? []).slice(0, count) } };
}

function definitionWriter(definition: PinnedDefinition | undefined): Writer | undefined {
  if (definition === undefined) return undefined;
  const { object, origin } = definition;
  return { kind: 'definition', what: `${object.kind} ${object.metadata.name}`, origin };
}

/** What appdeploy does to an object that a definition has written. */
function additionText([top, field, key]: FieldPath, before: unknown): string {
  if (top !== 'metadata') {
    if (top === 'spec' && field === 'replicas') return 'the replicas of the placement';
    if (top === 'spec' && isFloor(field)) return 'the replicas of the placement, as the floor';
    return before === undefined ? 'fills it in' : 'the reference follows the revision\u2019s suffix';
  }
  if (field === 'name') return 'the name, with the revision\u2019s suffix through an AppDeployment';
  if (field === 'namespace') return 'the namespace of what deploys it';
  if (field === 'labels') return 'its labels';
  if (key === waveAnnotation) return 'the sync wave';
  return key === 'argocd.argoproj.io/sync-options' ? 'keeps the data when the revision goes' : 'fills it in';
}
