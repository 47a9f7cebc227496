import { type FieldPath, fieldText, type Origin } from '../model/origin.ts';
import type { PlainObject } from '../model/plain.ts';
import { type Problem, problem } from '../model/problem.ts';
import { mayBeSecret } from '../model/sensitive.ts';
import { type ComponentState, type Emitted, emittedOutputs } from './emitted.ts';
import { parameterOf, type Rendering, soFar } from './context.ts';
import { evaluate } from './evaluate.ts';
import { applyPatch, patchWorkload, type PatchResult } from './patch/apply.ts';
import type { PatchConflict } from './patch/unify.ts';
import { type Use, wrongDefinition } from './use.ts';
import type { Written } from './written.ts';

/** A trait of a component, about to be applied. */
export interface TraitInput {
  readonly rendering: Rendering;
  readonly context: PlainObject;
  /** The trait's place among the component's traits. */
  readonly position: number;
  /** Evaluates the component again, with other values for its defaults. */
  readonly override: Written['override'];
}

/** Evaluates a trait with the component as it is so far, patches it, and adds what the trait emits. */
export function applyTrait(state: ComponentState, input: TraitInput): ComponentState {
  const { rendering, context, position, override } = input;
  const { revision, component, index } = rendering;
  const trait = component.traits?.[position];
  const definition = trait === undefined ? undefined : revision.definitions.traits.get(trait.type);
  if (trait === undefined || definition === undefined) return state;
  const at: FieldPath = ['spec', 'components', index, 'traits', position];
  const properties = parameterOf(trait.properties, revision);
  const { renderFormat, locate } = revision;
  const use: Use = { definition, properties, renderFormat, field: [...at, 'properties'], locate };
  const { value: written, problems } = evaluate(
    use,
    { ...context, ...soFar(state.workload.value, byResource(state.others), revision) },
    rendering.cue,
  );
  if (written === undefined) return { ...state, problems: [...state.problems, ...problems] };
  const base = revision.locate(['spec', 'components', index]);
  const patched = patchWorkload(state.workload, written, override);
  const added = emittedOutputs(written.outputs, trait.type, revision.locate(at));
  const others = patchOthers(state.others, written, { use, origin: revision.locate(at) });
  return {
    workload: patched.workload,
    others: [...others.value, ...added],
    problems: [
      ...state.problems,
      ...problems,
      ...written.errs.map((err) => wrongDefinition('TEMPLATE_FAILED', revision.locate(at), err, use)),
      ...patchProblems(patched, '', { use, origin: revision.locate(at), base }),
      ...others.problems,
      ...repeated(state.others, added),
    ],
  };
}

function byResource(others: readonly Emitted[]): PlainObject {
  return Object.fromEntries(others.map(({ resource, object }) => [resource, object]));
}

/** Where a patch stands, and what it is applied to. */
interface PatchPlace {
  readonly use: Use;
  readonly origin: Origin;
}

function patchOthers(
  others: readonly Emitted[],
  written: Written,
  place: PatchPlace,
): { readonly value: Emitted[]; readonly problems: Problem[] } {
  const problems = Object.keys(written.patchOutputs)
    .filter((resource) => !others.some((other) => other.resource === resource))
    .map((resource) =>
      wrongDefinition('TEMPLATE_FAILED', place.origin, `it patches outputs.${resource}, which is not there`, place.use),
    );
  const value = others.map((other) => {
    const patch = written.patchOutputs[other.resource];
    if (patch === undefined) return other;
    const result = applyPatch(other.object, {
      patch,
      patchFormat: 'unify',
      patchRules: written.outputRules(other.resource),
    });
    problems.push(...patchProblems(result, `outputs.${other.resource}.`, { ...place, base: other.origin }));
    return { ...other, object: result.value };
  });
  return { value, problems };
}

function patchProblems(
  { conflicts, error }: PatchResult,
  prefix: string,
  { use, origin, base }: PatchPlace & { readonly base: Origin },
): Problem[] {
  const name = use.definition.object.metadata.name;
  if (error !== undefined)
    return [
      problem('PATCH_CONFLICT', origin, `trait ${name} cannot be applied: ${error}`, {
        related: [{ origin: base, message: 'patched here' }],
      }),
    ];
  return conflicts.map((conflict) =>
    problem(
      'PATCH_CONFLICT',
      origin,
      `trait ${name} wants ${prefix}${fieldText(conflict.path)} ${shown(conflict, 'patch')}; it is ${shown(conflict, 'base')} already`,
      {
        related: [{ origin: base, message: 'the component that it patches' }],
      },
    ),
  );
}

/** A value for a message; one that may be a credential is only named by its type. */
function shown(conflict: PatchConflict, side: 'base' | 'patch'): string {
  const value = conflict[side];
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a mapping';
  const text = JSON.stringify(value) ?? 'empty';
  const isSecret = mayBeSecret(conflict.path);
  return isSecret || text.length > 60 ? `another ${typeof value}` : text;
}

function repeated(before: readonly Emitted[], added: readonly Emitted[]): Problem[] {
  return added
    .filter(({ resource }) => before.some((other) => other.resource === resource))
    .map(({ resource, type, origin }) =>
      problem('DUPLICATE_RESOURCE', origin, `trait ${type} adds outputs.${resource}, which another trait has added`),
    );
}
