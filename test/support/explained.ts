import { componentFields } from '../../src/explain/component-fields.ts';
import type { ExplainedField } from '../../src/explain/explanation.ts';
import { routedFields } from '../../src/explain/routed-fields.ts';
import { createCueEngine } from '../../src/io/cue-engine.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { fieldText, originText } from '../../src/model/origin.ts';
import type { Plan } from '../../src/plan.ts';
import { definition } from './documents.ts';

const cue = createCueEngine(10);

/** A trait `note` that gives a ConfigMap with these lines of data. */
export function noteTrait(
  data: readonly string[],
  extra: object = {},
  meta: { readonly namespace?: string } = {},
): string {
  const lines = data.map((line) => `      ${line}`);
  const template = ['outputs:', '  note:', '    apiVersion: v1', '    kind: ConfigMap', '    data:', ...lines];
  return definition('TraitDefinition', 'note', template.join('\n'), extra, meta);
}

/** Every field of a manifest with where it comes from. */
export function explained(manifest: Manifest, from: Plan): ExplainedField[] {
  return manifest.instance === undefined
    ? routedFields(manifest, from)
    : componentFields(manifest, from, {
        cue,
        kubernetesVersion: from.settings.kubernetesVersion,
        initialReplicas: from.settings.autoscalers.initialReplicas,
      });
}

/** The places that set a field of the object `kind name`, as people read them. @throws when there is no such object */
export function placesOf(from: Plan, object: string, field: string): string[] {
  const manifest = from.manifests.find((each) => `${each.object.kind} ${each.object.metadata.name}` === object);
  if (manifest === undefined) throw new TypeError(`no ${object}`);
  const found = explained(manifest, from).find(({ path }) => fieldText(path) === field);
  return (found?.setBy ?? []).map(({ what, origin }) => `${what} (${originText(origin)})`);
}
