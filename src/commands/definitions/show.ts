import { loadRepo } from '../../pipeline.ts';
import { parameterSchema, schematicOf } from '../../definitions/schema.ts';
import { parameterRows, parameterTable } from '../../report/parameter-table.ts';
import { type Command, commonOptions, textOption, UsageError } from '../command.ts';
import { repoHere } from '../plan.ts';
import { chosenDefinition, sourceOf } from './choose.ts';

/** `appdeploy definitions show` */
export const showCommand: Command = {
  name: 'definitions show',
  summary: 'print what properties a component type or trait takes',
  usage: 'NAME [-o json-schema]',
  positionals: { min: 1, max: 1 },
  options: {
    output: { type: 'string', short: 'o', value: 'FORMAT', help: 'table (default), json, or json-schema for editors' },
    namespace: { type: 'string', short: 'n', value: 'NAME', help: 'the definition\u2019s namespace' },
    ...commonOptions,
  },
  details: 'Reads JSON Schemas, and CUE with its +usage comments.',
  run: async ([name = ''], values, context) => {
    const format = textOption(values, 'output') ?? 'table';
    if (!['table', 'json', 'json-schema'].includes(format))
      throw new UsageError(`-o ${format} is not known; use table, json or json-schema`);
    const { repo } = await repoHere(values, context);
    const { catalog, templates } = await loadRepo(repo, context);
    const definition = chosenDefinition(catalog, name, textOption(values, 'namespace'));
    const found = parameterSchema(definition.object, templates.cue);
    if ('unknown' in found) throw new UsageError(`the properties of ${name} cannot be listed: ${found.unknown}`);
    if (format === 'json-schema') {
      const schema = { $schema: 'http://json-schema.org/draft-07/schema#', title: name, ...found.schema };
      context.stdout(`${JSON.stringify(schema, null, 2)}\n`);
      return 0;
    }
    const rows = parameterRows(found.schema);
    if (format === 'json') {
      context.stdout(`${JSON.stringify(rows, null, 2)}\n`);
      return 0;
    }
    const { kind, metadata } = definition.object;
    const description = metadata.annotations?.['definition.oam.dev/description'];
    context.stdout(`${kind} ${name} (${schematicOf(definition.object)}, ${sourceOf(definition)})\n`);
    if (description !== undefined) context.stdout(`${description}\n`);
    context.stdout(rows.length === 0 ? '\nIt takes no properties that it names.\n' : `\n${parameterTable(rows)}`);
    return 0;
  },
};
