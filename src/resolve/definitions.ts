import type { Declaration } from '../model/catalog.ts';
import type { ApplicationSpec, Definition } from '../model/kinds.gen.ts';
import type { Locate } from '../model/origin.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import type { PinnedDefinition, PinnedDefinitions } from '../model/revision.ts';
import { builtInFolder, isBuiltIn } from '../load/cross-file-rules.ts';

/** KubeVela's namespace of definitions for everyone. */
export const systemNamespace = 'vela-system';

type DefinitionKind = 'ComponentDefinition' | 'TraitDefinition';

/** The Application whose types are looked up: its namespace, spec and positions. */
export interface DefinitionUser {
  readonly namespace: string;
  readonly spec: ApplicationSpec;
  readonly locate: Locate;
}

/** Finds the definitions that an Application uses; each type without one is a problem. */
export function pinDefinitions(
  definitions: readonly Declaration<Definition>[],
  { namespace, spec, locate }: DefinitionUser,
): Staged<PinnedDefinitions> {
  const components = new Map<string, PinnedDefinition>();
  const traits = new Map<string, PinnedDefinition>();
  const problems: Problem[] = [];
  const pin = (
    kind: DefinitionKind,
    type: string,
    into: Map<string, PinnedDefinition>,
    field: (string | number)[],
  ): void => {
    const found = findDefinition(definitions, kind, type, namespace);
    if (found !== undefined) into.set(type, pinned(found));
    else problems.push(unknownDefinition(definitions, kind, type, locate, field));
  };
  for (const [index, component] of spec.components.entries()) {
    pin('ComponentDefinition', component.type, components, ['spec', 'components', index, 'type']);
    for (const [position, trait] of (component.traits ?? []).entries()) {
      pin('TraitDefinition', trait.type, traits, ['spec', 'components', index, 'traits', position, 'type']);
    }
  }
  return { value: { components, traits }, problems };
}

/** As in KubeVela: the Application's namespace, then vela-system; then what ships with appdeploy. */
function findDefinition(
  definitions: readonly Declaration<Definition>[],
  kind: DefinitionKind,
  type: string,
  namespace: string,
): Declaration<Definition> | undefined {
  const ofKind = (wanted: Definition['kind']): Declaration<Definition>[] =>
    definitions.filter(({ object, name }) => object.kind === wanted && name === type);
  // KubeVela looks a component's type up as a WorkloadDefinition where there is no ComponentDefinition.
  const exact = ofKind(kind);
  const named = exact.length === 0 && kind === 'ComponentDefinition' ? ofKind('WorkloadDefinition') : exact;
  const own = named.filter(({ origin }) => !isBuiltIn(origin.path));
  return (
    own.find((each) => each.namespace === namespace) ??
    own.find((each) => each.namespace === systemNamespace) ??
    named.find(({ origin }) => isBuiltIn(origin.path))
  );
}

/** A pinned definition carries nothing but its identity and its spec. */
function pinned({ object, origin, locate }: Declaration<Definition>): PinnedDefinition {
  const { apiVersion, kind, metadata, spec } = object;
  return { object: { apiVersion, kind, metadata: { name: metadata.name }, spec }, origin, locate };
}

function unknownDefinition(
  definitions: readonly Declaration<Definition>[],
  kind: DefinitionKind,
  type: string,
  locate: Locate,
  field: (string | number)[],
): Problem {
  const known = [
    ...new Set(definitions.filter(({ object }) => object.kind === kind).map(({ name }) => name)),
  ].toSorted();
  const hint = `Known ${kind}s are ${known.join(', ')}. Those of the repo count in their own namespace and in ${systemNamespace}; ${builtInFolder} in all.`;
  return problem('UNKNOWN_DEFINITION', locate(field), `there is no ${kind} ${JSON.stringify(type)}`, { hint });
}
