import type { Catalog, Declaration } from '../../model/catalog.ts';
import type { Definition } from '../../model/kinds.gen.ts';
import { isBuiltIn } from '../../load/cross-file-rules.ts';
import { UsageError } from '../command.ts';

/** Where a definition comes from: its file, or that it is built in. */
export function sourceOf({ origin }: Declaration<Definition>): string {
  return isBuiltIn(origin.path) ? 'built in' : origin.path;
}

/** The definition of a name; those of the repo come before built-in ones. @throws UsageError when there is none */
export function chosenDefinition(
  { definitions }: Catalog,
  name: string,
  namespace: string | undefined,
): Declaration<Definition> {
  const found = definitions.filter(
    (each) =>
      each.name === name && (namespace === undefined || each.namespace === namespace || isBuiltIn(each.origin.path)),
  );
  const own = found.filter(({ origin }) => !isBuiltIn(origin.path));
  const [first, second] = own.length > 0 ? own : found;
  if (first === undefined) {
    const known = [...new Set(definitions.map((each) => each.name))].toSorted().join(', ');
    throw new UsageError(`there is no definition ${JSON.stringify(name)}; known are ${known}`);
  }
  if (second !== undefined && second.namespace !== first.namespace)
    throw new UsageError(
      `${name} is defined in namespaces ${own.map((each) => each.namespace).join(', ')}; choose one with --namespace`,
    );
  return first;
}
