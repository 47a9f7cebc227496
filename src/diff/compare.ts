import { groupOf } from '../model/manifest.ts';
import { byText, canonicalJson } from '../model/plain.ts';
import type { FleetObject, FleetState } from './state.ts';

/** What happens to an object. */
export type ChangeAction = 'added' | 'changed' | 'removed';

/** One object that differs between two states. */
export interface ObjectChange {
  readonly action: ChangeAction;
  readonly cluster: string;
  readonly owner: string;
  readonly before: FleetObject | undefined;
  readonly after: FleetObject | undefined;
}

/**
 * The objects that differ, told apart by cluster, group, kind, namespace and name; in the order of
 * owner, kind, name and cluster. Objects are compared, not their text.
 */
export function compareStates(before: FleetState, after: FleetState): ObjectChange[] {
  const old = new Map(before.objects.map((each) => [objectKey(each), each]));
  const now = new Map(after.objects.map((each) => [objectKey(each), each]));
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  return keys
    .flatMap((key): ObjectChange[] => {
      const [was, is] = [old.get(key), now.get(key)];
      const present = is ?? was;
      if (present === undefined) return [];
      if (was !== undefined && is !== undefined && canonicalJson(was.object) === canonicalJson(is.object)) return [];
      const action = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed';
      return [{ action, cluster: present.cluster, owner: present.owner, before: was, after: is }];
    })
    .toSorted((a, b) => byText(a.owner, b.owner) || byText(sortKey(a), sortKey(b)) || byText(a.cluster, b.cluster));
}

/** What tells objects of the whole fleet apart. */
export function objectKey({ cluster, object: { apiVersion, kind, metadata } }: FleetObject): string {
  return [cluster, groupOf(apiVersion), kind, metadata.namespace ?? '', metadata.name].join(' ');
}

function sortKey({ before, after }: ObjectChange): string {
  const object = (after ?? before)?.object;
  return `${object?.kind ?? ''} ${object?.metadata.namespace ?? ''} ${object?.metadata.name ?? ''}`;
}
