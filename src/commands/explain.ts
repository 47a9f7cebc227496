import { explainManifest } from '../explain/explain.ts';
import { parseField } from '../explain/field-path.ts';
import { fieldText } from '../model/origin.ts';
import { templateSettings } from '../pipeline.ts';
import { explanationJson, explanationText } from '../report/explanation.ts';
import { type Command, commonOptions, jsonOption, textOption, UsageError } from './command.ts';
import { chosenManifest } from './explain-target.ts';
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
    const explanation = explainManifest(manifest, field, plan, templateSettings(repo, plan.settings));
    if (explanation.fields.length === 0 && explanation.missing === undefined)
      throw new UsageError(`${manifest.object.kind} ${manifest.object.metadata.name} has no field ${fieldText(field)}`);
    context.stdout(values['json'] === true ? explanationJson(explanation) : explanationText(explanation, context.out));
    return 0;
  },
};
