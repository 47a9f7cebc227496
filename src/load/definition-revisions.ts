import type { Declaration } from '../model/catalog.ts';
import type { Definition, DefinitionRevision } from '../model/kinds.gen.ts';

/** DefinitionRevisions as definitions of the name that `type` uses them by: `webservice@v2`. */
export function numberedDefinitions(revisions: readonly Declaration<DefinitionRevision>[]): Declaration<Definition>[] {
  return revisions.flatMap(({ namespace, object, locate }) =>
    (['componentDefinition', 'traitDefinition'] as const).flatMap((field): Declaration<Definition>[] => {
      const definition = object.spec[field];
      if (definition === undefined) return [];
      const top = ['spec', field];
      return [
        {
          name: `${definition.metadata.name}@v${object.spec.revision}`,
          namespace,
          object: definition,
          origin: locate(top),
          locate: (path, at) => locate([...top, ...path], at),
        },
      ];
    }),
  );
}
