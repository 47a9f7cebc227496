import type { FieldPath } from '../model/origin.ts';
import type { PinnedDefinition } from '../model/revision.ts';
import type { Plan } from '../plan.ts';
import type { TemplateSettings } from '../render/render.ts';
import { clusterInputs } from './cluster-inputs.ts';
import type { Input } from './input.ts';
import { componentInputs, ownerInputs } from './name-inputs.ts';
import { placementInputs } from './placement-inputs.ts';
import { propertyInputs } from './property-inputs.ts';
import type { Scene } from './scene.ts';

/** Every place that the objects of a component may depend on, besides the definitions' texts. */
export function inputsOf(
  scene: Scene,
  index: number,
  { catalog: { clusters }, placements: { placed } }: Pick<Plan, 'catalog' | 'placements'>,
  templates: TemplateSettings,
): Input[] {
  const component = scene.revision.spec.components[index];
  if (component === undefined) return [];
  const at: FieldPath = ['spec', 'components', index];
  const { components, traits } = scene.revision.definitions;
  const used = (definition: PinnedDefinition | undefined, field: FieldPath, whose: string): Input[] =>
    definition === undefined ? [] : propertyInputs(scene, { definition, field, whose }, templates);
  return [
    ...used(components.get(component.type), [...at, 'properties'], `component ${component.name}`),
    ...(component.traits ?? []).flatMap(({ type }, position) =>
      used(traits.get(type), [...at, 'traits', position, 'properties'], `trait ${type}`),
    ),
    ...componentInputs(scene, index),
    ...placementInputs(scene, placed),
    ...ownerInputs(scene),
    ...clusterInputs(scene, clusters),
  ];
}
