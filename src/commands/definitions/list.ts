import { type Catalog, type Declaration, qualifiedName } from '../../model/catalog.ts';
import type { Definition } from '../../model/kinds.gen.ts';
import { byText } from '../../model/plain.ts';
import { loadRepo } from '../../pipeline.ts';
import { schematicOf } from '../../definitions/schema.ts';
import { tableText } from '../../report/table.ts';
import { presentContent } from '../../resolve/content.ts';
import { type Command, commonOptions, jsonOption } from '../command.ts';
import { printProblems, repoHere } from '../plan.ts';
import { sourceOf } from './choose.ts';

/** `appdeploy definitions` */
export const listCommand: Command = {
  name: 'definitions',
  summary: 'list the component types and traits; show one, try one out, check a folder of them',
  usage: '',
  positionals: { min: 0, max: 0 },
  options: { ...jsonOption, ...commonOptions },
  details:
    'Definitions of the repo come before built-in ones of the same name: those of the Application\u2019s\nnamespace, then those of vela-system. USED BY counts Applications as they are now.',
  run: async (_args, values, context) => {
    const { repo } = await repoHere(values, context);
    const { catalog, findings } = await loadRepo(repo, context);
    printProblems(findings.problems(), findings, values, context);
    const users = usersByOrigin(catalog);
    const rows = catalog.definitions
      .map((definition) => ({
        name: definition.name,
        kind: definition.object.kind,
        namespace: sourceOf(definition) === 'built in' ? '' : definition.namespace,
        schematic: schematicOf(definition.object),
        from: sourceOf(definition),
        usedBy: users.get(definition.origin.path + definition.name) ?? [],
      }))
      .toSorted((a, b) => byText(a.kind, b.kind) || byText(a.name, b.name) || byText(a.from, b.from));
    const cells = rows.map(({ name, kind, schematic, from, usedBy }) => [
      name,
      kind,
      schematic,
      from,
      usedBy.join(',') || '-',
    ]);
    const table = tableText(['NAME', 'KIND', 'SCHEMATIC', 'FROM', 'USED BY'], cells);
    context.stdout(values['json'] === true ? `${JSON.stringify(rows, null, 2)}\n` : table);
    return 0;
  },
};

/** The Applications that use each definition, by the definition's file and name. */
function usersByOrigin({ applications, definitions }: Catalog): ReadonlyMap<string, string[]> {
  const users = new Map<string, string[]>();
  const note = (definition: Declaration<Definition> | undefined, user: string): void => {
    if (definition === undefined) return;
    const key = definition.origin.path + definition.name;
    users.set(key, [...new Set([...(users.get(key) ?? []), user])]);
  };
  for (const application of applications) {
    const { components, traits } = presentContent(application, definitions).value.definitions;
    for (const { origin } of [...components.values(), ...traits.values()])
      note(
        definitions.find((each) => each.origin === origin),
        qualifiedName(application),
      );
  }
  return users;
}
