import type { Declaration } from '../model/catalog.ts';
import type { Manifest } from '../model/manifest.ts';
import type { FieldPath } from '../model/origin.ts';
import type { DirectDeployment, Placement, Placements } from '../model/placement.ts';
import { digText } from '../model/plain.ts';
import { hasErrors } from '../model/problem.ts';
import type { Rendering } from '../render/context.ts';
import { instanceRenderer } from '../render/instances.ts';
import { ownerOf, type TemplateSettings } from '../render/render.ts';
import { replacedAt } from './field-path.ts';

/** One revision on one cluster: all that its objects depend on besides the templates' settings. */
export type Scene =
  | ({ readonly kind: 'AppDeployment' } & Placement)
  | ({ readonly kind: 'Application' } & DirectDeployment);

/** The scene of a manifest; undefined for what no component emits. */
export function sceneOf({ owner, instance, cluster }: Manifest, { placed, direct }: Placements): Scene | undefined {
  const isOwn = ({ namespace, name }: Declaration<unknown>): boolean =>
    namespace === owner.namespace && name === owner.name;
  const isHere = (each: Placement | DirectDeployment): boolean =>
    each.revision === instance?.revision && each.cluster.name === cluster;
  if (owner.kind === 'AppDeployment') {
    const placement = placed.find((each) => isHere(each) && isOwn(each.appDeployment));
    return placement && { kind: owner.kind, ...placement };
  }
  const deployment = direct.find((each) => isHere(each) && isOwn(each.application));
  return deployment && { kind: owner.kind, ...deployment };
}

/** The scene with another value at a field of the Application's spec. */
export function withSpec(scene: Scene, [, ...field]: FieldPath, value: unknown): Scene {
  const spec = replacedAt(scene.revision.spec, field, value) as Scene['revision']['spec'];
  return { ...scene, revision: { ...scene.revision, spec } };
}

/** What one component of a scene renders, by what tells its objects apart whatever they are named; undefined on errors. */
export function objectsOf(
  scene: Scene,
  index: number,
  templates: TemplateSettings,
): ReadonlyMap<string, Manifest['object']> | undefined {
  const rendering = renderingOf(scene, index, templates);
  if (rendering === undefined) return undefined;
  const { value, problems } = instanceRenderer()(rendering, scene.kind === 'AppDeployment' ? scene : undefined);
  return hasErrors(problems) ? undefined : new Map(value.map((manifest) => [roleKey(manifest), manifest.object]));
}

/** The role of an object within its component: the workload, or a trait's or definition's `outputs` key. */
export function roleKey({ role, object }: Pick<Manifest, 'role' | 'object'>): string {
  const label = (name: string): string => digText(object, '', 'metadata', 'labels', name);
  return role === 'workload' ? role : `${label('trait.oam.dev/type')} ${label('trait.oam.dev/resource')}`;
}

/** A scene's component as the renderer takes it. */
export function renderingOf(scene: Scene, index: number, templates: TemplateSettings): Rendering | undefined {
  const component = scene.revision.spec.components[index];
  if (component === undefined) return undefined;
  const owner =
    scene.kind === 'AppDeployment'
      ? ownerOf('AppDeployment', scene.appDeployment)
      : ownerOf('Application', scene.application);
  return { revision: scene.revision, component, index, owner, cluster: scene.cluster, ...templates };
}
