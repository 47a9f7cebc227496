import type { Declaration, SourceFile } from '../model/catalog.ts';
import type { Application, Definition } from '../model/kinds.gen.ts';
import { parse } from './parse.ts';
import { validate, type Validated } from './validate.ts';

/** The definitions in files that ship with appdeploy. */
export function shippedDefinitions(builtins: readonly SourceFile[]): Declaration<Definition>[] {
  return validate(parse(builtins).value).value.map(({ declaration }) => declaration as Declaration<Definition>);
}

/**
 * The built-in files that documents need: those of the types that they use and of the names that
 * they define. A file is named after its definition, so that the others need no parsing; where a
 * type has no definition at all, all are needed, to say which there are.
 */
export function neededBuiltins(
  builtins: readonly SourceFile[],
  documents: readonly Validated[],
): readonly SourceFile[] {
  const defined = new Set(
    documents
      .filter(({ kind }) => kind.endsWith('Definition') || kind === 'DefinitionRevision')
      .map(({ declaration }) => declaration.name),
  );
  const used = new Set(documents.flatMap(usedTypes));
  const shipped = new Set(builtins.map(nameOf));
  const isUnknown = [...used].some((type) => !shipped.has(type) && !defined.has(type));
  return isUnknown ? builtins : builtins.filter((file) => used.has(nameOf(file)) || defined.has(nameOf(file)));
}

function usedTypes({ kind, declaration }: Validated): string[] {
  if (kind !== 'Application') return [];
  const { components } = (declaration as Declaration<Application>).object.spec;
  return components.flatMap(({ type, traits = [] }) => [type, ...traits.map((trait) => trait.type)]);
}

function nameOf({ path }: SourceFile): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.yaml$/, '');
}
