import { type Problem, problem, type Staged } from '../model/problem.ts';
import { contextOf, parameterOf, type Rendering } from './context.ts';
import { type ComponentState, type Emitted, emittedOutputs } from './emitted.ts';
import { evaluate } from './evaluate.ts';
import { objectFault } from './object-shape.ts';
import { applyTrait } from './trait.ts';
import type { Use } from './use.ts';

/** Evaluates a component and then its traits in their order: the workload first, then the other objects. */
export function renderComponent(rendering: Rendering): Staged<Emitted[]> {
  const { revision, component, index } = rendering;
  const use = componentUse(rendering);
  if (use === undefined) return { value: [], problems: [] };
  const context = contextOf(rendering);
  const { value: written, problems } = evaluate(use, context, rendering.cue);
  if (written === undefined || problems.length > 0) return { value: [], problems };
  const origin = revision.locate(['spec', 'components', index]);
  let state: ComponentState = {
    workload: { base: written.output, value: written.output, patches: [], overrides: [] },
    others: emittedOutputs(written.outputs, 'AuxiliaryWorkload', origin),
    problems: [],
  };
  for (const position of (component.traits ?? []).keys())
    state = applyTrait(state, { rendering, context, position, override: written.override });
  const workload: Emitted = {
    object: state.workload.value,
    role: 'workload',
    type: component.type,
    resource: '',
    origin,
  };
  const value = [workload, ...state.others];
  return { value, problems: [...state.problems, ...value.flatMap((emitted) => shapeProblems(emitted, use))] };
}

function componentUse({ revision, component, index }: Rendering): Use | undefined {
  const definition = revision.definitions.components.get(component.type);
  return (
    definition && {
      definition,
      properties: parameterOf(component.properties, revision),
      renderFormat: revision.renderFormat,
      field: ['spec', 'components', index, 'properties'],
      locate: revision.locate,
    }
  );
}

function shapeProblems({ object, role, resource, origin }: Emitted, { definition }: Use): Problem[] {
  const wrong = objectFault(object);
  if (wrong === undefined) return [];
  const what = role === 'workload' ? 'output' : `outputs.${resource}`;
  const [schematic = 'handlebars'] = Object.keys(definition.object.spec.schematic ?? {});
  return [
    problem(
      'TEMPLATE_FAILED',
      definition.locate(['spec', 'schematic', schematic, 'template'], 'key'),
      `${definition.object.metadata.name}: ${what} ${wrong}`,
      { related: [{ origin, message: 'used here' }] },
    ),
  ];
}
