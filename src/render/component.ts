import type { Origin } from '../model/origin.ts';
import { dig, digObject, isPlainObject, type PlainObject } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { contextOf, type Rendering } from './context.ts';
import { evaluate, type Use } from './evaluate.ts';
import { objectFault } from './object-shape.ts';
import { applyPatch } from './patch.ts';

/** An object that a component emits, as its templates wrote it. */
export interface Emitted {
  readonly object: PlainObject;
  readonly role: 'workload' | 'trait';
  /** The component's type, or the trait's. */
  readonly type: string;
  /** The key in `outputs`; empty for the workload. */
  readonly resource: string;
  readonly origin: Origin;
}

/** Evaluates a component and then its traits in their order: the workload first, then the other objects. */
export function renderComponent(rendering: Rendering): Staged<Emitted[]> {
  const { revision, component, index } = rendering;
  const base = componentUse(rendering);
  if (base === undefined) return { value: [], problems: [] };
  const context = contextOf(rendering);
  const written = evaluate(base, context);
  if (written.problems.length > 0) return { value: [], problems: written.problems };
  const origin = revision.locate(['spec', 'components', index]);
  let workload: Emitted = {
    object: digObject(written.value, 'output'),
    role: 'workload',
    type: component.type,
    resource: '',
    origin,
  };
  let others = outputsOf(written.value, 'AuxiliaryWorkload', origin);
  const problems: Problem[] = [];
  for (const [position, trait] of (component.traits ?? []).entries()) {
    const use = traitUse(rendering, trait, position);
    if (use === undefined) continue;
    const result = evaluate(use, {
      ...context,
      output: workload.object,
      outputs: Object.fromEntries(others.map(({ resource, object }) => [resource, object])),
    });
    const at = revision.locate(['spec', 'components', index, 'traits', position]);
    const patched = patch(workload, result.value, use, at);
    workload = patched.value;
    const added = outputsOf(result.value, trait.type, at);
    problems.push(...result.problems, ...patched.problems, ...repeated(others, added));
    others = [...others, ...added];
  }
  return {
    value: [workload, ...others],
    problems: [...problems, ...[workload, ...others].flatMap((emitted) => shapeProblems(emitted, base))],
  };
}

function componentUse({ revision, component, index }: Rendering): Use | undefined {
  const definition = revision.definitions.components.get(component.type);
  return (
    definition && {
      definition,
      properties: component.properties ?? {},
      field: ['spec', 'components', index, 'properties'],
      locate: revision.locate,
    }
  );
}

function traitUse(
  { revision, index }: Rendering,
  trait: { type: string; properties?: object },
  position: number,
): Use | undefined {
  const definition = revision.definitions.traits.get(trait.type);
  const field = ['spec', 'components', index, 'traits', position, 'properties'];
  return (
    definition && { definition, properties: (trait.properties ?? {}) as PlainObject, field, locate: revision.locate }
  );
}

function outputsOf(written: PlainObject, type: string, origin: Origin): Emitted[] {
  return Object.entries(digObject(written, 'outputs')).map(([resource, object]) => ({
    object: isPlainObject(object) ? object : {},
    role: 'trait',
    type,
    resource,
    origin,
  }));
}

function patch(workload: Emitted, written: PlainObject, { definition }: Use, origin: Origin): Staged<Emitted> {
  if (dig(written, 'patch') === undefined) return { value: workload, problems: [] };
  const { value, conflicts } = applyPatch(
    workload.object,
    dig(written, 'patch'),
    definition.object.spec.schematic?.handlebars?.patchKeys ?? {},
  );
  const problems = conflicts.map(({ path }) =>
    problem(
      'PATCH_CONFLICT',
      origin,
      `trait ${definition.object.metadata.name} patches ${path || 'the workload'}, which has another value`,
    ),
  );
  return { value: { ...workload, object: isPlainObject(value) ? value : {} }, problems };
}

function repeated(before: readonly Emitted[], added: readonly Emitted[]): Problem[] {
  return added
    .filter(({ resource }) => before.some((other) => other.resource === resource))
    .map(({ resource, type, origin }) =>
      problem('DUPLICATE_RESOURCE', origin, `trait ${type} adds outputs.${resource}, which another trait has added`),
    );
}

function shapeProblems({ object, role, resource, origin }: Emitted, { definition }: Use): Problem[] {
  const wrong = objectFault(object);
  if (wrong === undefined) return [];
  const what = role === 'workload' ? 'output' : `outputs.${resource}`;
  return [
    problem(
      'TEMPLATE_FAILED',
      definition.locate(['spec', 'schematic', 'handlebars', 'template'], 'key'),
      `${definition.object.metadata.name}: ${what} ${wrong}`,
      { related: [{ origin, message: 'used here' }] },
    ),
  ];
}
