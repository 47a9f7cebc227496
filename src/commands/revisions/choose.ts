import { type ObjectName, qualifiedName } from '../../model/catalog.ts';
import type { Revision } from '../../model/revision.ts';
import { UsageError } from '../command.ts';

/** The Application of a name, `web` or `shop/web`. @throws UsageError when there is none, or several */
export function chosenApplication(applications: readonly ObjectName[], name: string): ObjectName {
  return onlyOne('Application', name, applications);
}

/** The revision of a name, `web-v1` or `shop/web-v1`. @throws UsageError when there is none, or several */
export function chosenRevision(revisions: readonly Revision[], name: string): Revision {
  const named = revisions.map((revision) => ({
    namespace: revision.application.namespace,
    name: revision.name,
    revision,
  }));
  return onlyOne('revision', name, named).revision;
}

/** The one of a kind that has a name, with its namespace where the name alone is not enough. */
export function onlyOne<T extends ObjectName>(kind: string, name: string, all: readonly T[]): T {
  const found = all.filter((each) => each.name === name || qualifiedName(each) === name);
  const [first, second] = found;
  if (first === undefined) {
    const known = [...new Set(all.map((each) => each.name))].toSorted().join(', ') || 'none';
    throw new UsageError(`there is no ${kind} ${JSON.stringify(name)}; known are ${known}`);
  }
  if (second === undefined) return first;
  const namespaces = found.map(({ namespace }) => namespace).join(', ');
  throw new UsageError(`${name} exists in several namespaces: ${namespaces}; write NAMESPACE/${name}`);
}
