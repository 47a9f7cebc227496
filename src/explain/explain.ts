import { hidden, masked } from '../diff/mask.ts';
import { outputPath } from '../layout/path.ts';
import type { Manifest } from '../model/manifest.ts';
import { type FieldPath, fieldText, originText } from '../model/origin.ts';
import { dig } from '../model/plain.ts';
import type { Plan } from '../plan.ts';
import { whyThere } from '../place/why.ts';
import { scales } from '../render/autoscalers.ts';
import type { TemplateSettings } from '../render/render.ts';
import { componentFields } from './component-fields.ts';
import type { ExplainedField, Explanation } from './explanation.ts';
import { isWithin } from './field-path.ts';
import { routedFields } from './routed-fields.ts';
import { sceneOf } from './scene.ts';

/**
 * Explains a rendered object, and of its fields those that lie in `field` (all for the empty path). No field and
 * nothing known as missing means that the object has no such field.
 */
export function explainManifest(
  manifest: Manifest,
  field: FieldPath,
  plan: Plan,
  templates: TemplateSettings,
): Explanation {
  const all =
    manifest.instance === undefined ? routedFields(manifest, plan) : componentFields(manifest, plan, templates);
  const fields = all.filter(({ path }) => isWithin(path, field)).toSorted((a, b) => orderOf(a) - orderOf(b));
  const missing = fields.length > 0 ? undefined : missingText(manifest, field, plan);
  return explanationOf(manifest, plan, { fields: shownFields(fields, manifest), missing });
}

/** As the files have it: what every object has comes first. */
function orderOf({ path: [top] }: ExplainedField): number {
  const index = ['apiVersion', 'kind', 'metadata'].indexOf(String(top));
  return index < 0 ? 3 : index;
}

/** Values as they may be shown. */
function shownFields(fields: readonly ExplainedField[], { object }: Manifest): ExplainedField[] {
  const shown = masked({ before: object, after: undefined }).before;
  return fields.map((each) => ({ ...each, value: each.isSecret === true ? hidden : dig(shown, ...each.path) }));
}

function explanationOf(manifest: Manifest, plan: Plan, found: Pick<Explanation, 'fields' | 'missing'>): Explanation {
  const { object, owner, cluster, instance, origin } = manifest;
  const { name, namespace } = object.metadata;
  return {
    object: `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
    cluster,
    path: outputPath(manifest, plan.settings.output),
    owner: `${owner.kind} ${owner.namespace}/${owner.name}`,
    revision: instance?.revision.name,
    component: instance?.component,
    origin: originText(origin),
    why: whyOf(manifest, plan),
    ...found,
  };
}

/** Why the object's cluster: its placement's choice; for what routing gives, that the owner serves there. */
function whyOf(manifest: Manifest, { placements, catalog }: Plan): Explanation['why'] {
  const scene = sceneOf(manifest, placements);
  if (scene?.kind === 'AppDeployment')
    return { origin: originText(scene.origin), choice: whyThere(scene, catalog, placements.placed) };
  if (scene?.kind === 'Application')
    return {
      origin: originText(scene.application.origin),
      text: 'An Application that deploys itself goes to the host cluster.',
    };
  const text = `AppDeployment ${manifest.owner.name} serves traffic there: what it routes to runs on this cluster, or in its mesh.`;
  return { origin: originText(manifest.origin), text };
}

/** What is known of a field that the object lacks; undefined where nothing is. */
function missingText(
  { object, cluster, instance, role }: Manifest,
  field: FieldPath,
  { manifests }: Pick<Plan, 'manifests'>,
): string | undefined {
  if (role !== 'workload' || fieldText(field) !== 'spec.replicas') return undefined;
  const scaler = manifests.find(
    (each) => each.cluster === cluster && each.instance?.revision === instance?.revision && scales(each.object, object),
  );
  return scaler === undefined
    ? undefined
    : `spec.replicas is left out: ${scaler.object.kind} ${scaler.object.metadata.name} decides (${originText(scaler.origin)}).`;
}
