import { hidden, masked } from '../diff/mask.ts';
import { componentFields } from '../explain/component-fields.ts';
import type { ExplainedField } from '../explain/explanation.ts';
import { isWithin, parseField } from '../explain/field-path.ts';
import { routedFields } from '../explain/routed-fields.ts';
import { sceneOf } from '../explain/scene.ts';
import type { Manifest } from '../model/manifest.ts';
import { type FieldPath, fieldText, originText } from '../model/origin.ts';
import { dig } from '../model/plain.ts';
import type { Plan } from '../plan.ts';
import { whyThere } from '../place/why.ts';
import { isAutoscaler } from '../render/kinds.ts';
import { type Explanation, explanationJson, explanationText } from '../report/explanation.ts';
import { type Command, commonOptions, jsonOption, textOption, UsageError } from './command.ts';
import { chosenManifest, outputPath } from './explain-target.ts';
import { planHere } from './plan.ts';

/** `appdeploy explain` */
export const explainCommand: Command = {
  name: 'explain',
  summary: 'show where an object and its fields come from, and why it is on its cluster',
  usage: 'PATH|KIND/NAME|KIND/NAMESPACE/NAME [--field FIELD] [--cluster NAME] [--json]',
  positionals: { min: 1, max: 1 },
  options: {
    field: { type: 'string', value: 'FIELD', help: 'only this field, or what lies in it: spec.replicas' },
    cluster: {
      type: 'string',
      value: 'NAME',
      offers: 'clusters',
      help: 'the object on this cluster, where several have it',
    },
    ...jsonOption,
    ...commonOptions,
  },
  details: `PATH is a file below the output folder. SET BY names the places whose change changes the field:
found by rendering the component again with another value there, one place at a time. Where no
place does, it names what wrote the field: a definition (in its template, or by a default), or
appdeploy itself. Values that may be credentials are masked.`,
  run: async ([wanted = ''], values, context) => {
    const asked = textOption(values, 'field');
    const field = asked === undefined ? [] : parseField(asked);
    if (field === undefined)
      throw new UsageError(`--field ${asked ?? ''} is no field; write spec.ports[0].port or metadata.labels["a.b/c"]`);
    const here = await planHere(values, context);
    const { plan, repo } = here;
    const manifest = chosenManifest(wanted, textOption(values, 'cluster'), here, context);
    const templates = { cue: repo.cue(plan.settings), kubernetesVersion: plan.settings.kubernetesVersion };
    const all =
      manifest.instance === undefined ? routedFields(manifest, plan) : componentFields(manifest, plan, templates);
    const fields = all.filter(({ path }) => isWithin(path, field)).toSorted((a, b) => orderOf(a) - orderOf(b));
    const missing = fields.length > 0 ? undefined : missingText(manifest, field, plan);
    const explanation = explanationOf(manifest, plan, { fields: shownFields(fields, manifest), missing });
    context.stdout(values['json'] === true ? explanationJson(explanation) : explanationText(explanation, context.out));
    return 0;
  },
};

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
    path: outputPath(manifest, plan),
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

/** What is known of a field that the object lacks. @throws UsageError when nothing is */
function missingText({ object, cluster, instance, role }: Manifest, field: FieldPath, plan: Plan): string {
  const text = fieldText(field);
  if (role === 'workload' && text === 'spec.replicas') {
    const scaler = plan.manifests.find(
      (each) =>
        each.cluster === cluster &&
        each.instance?.revision === instance?.revision &&
        isAutoscaler(each.object.kind) &&
        dig(each.object, 'spec', 'scaleTargetRef', 'name') === object.metadata.name,
    );
    if (scaler !== undefined)
      return `spec.replicas is left out: ${scaler.object.kind} ${scaler.object.metadata.name} decides (${originText(scaler.origin)}).`;
  }
  throw new UsageError(`${object.kind} ${object.metadata.name} has no field ${text}`);
}
