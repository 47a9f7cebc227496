import type { KubeObject } from '../model/manifest.ts';
import { fieldText } from '../model/origin.ts';
import { byText, canonicalJson, groupBy } from '../model/plain.ts';
import { groupOf } from '../model/manifest.ts';
import type { ChangeAction, ObjectChange } from './compare.ts';
import { changedFields } from './fields.ts';
import { masked } from './mask.ts';

/** A field of an object, before and after, as it may be shown; null where a side lacks it. */
export interface ShownField {
  /** `spec.http[0].route[1].weight` */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The same change of the same object on one or more clusters, masked. */
export interface FoldedChange {
  readonly action: ChangeAction;
  readonly owner: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly clusters: readonly string[];
  /** Of a changed object; empty for one that is added or removed. */
  readonly fields: readonly ShownField[];
  /** The object as the first of the clusters has it. */
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
}

/**
 * Puts the same change of several clusters together: equal fields that go from equal values to
 * equal values, whatever else the objects hold; equal objects that come or go.
 */
export function foldChanges(changes: readonly ObjectChange[]): FoldedChange[] {
  const alike = groupBy(changes, foldKey);
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [folded(first, group.map(({ cluster }) => cluster).toSorted(byText))];
  });
}

function folded({ action, owner, before, after }: ObjectChange, clusters: readonly string[]): FoldedChange {
  const object = (after ?? before)?.object;
  const shown = masked({ before: before?.object, after: after?.object });
  const fields = action === 'changed' ? changedFields(shown.before, shown.after) : [];
  return {
    action,
    owner,
    group: groupOf(object?.apiVersion ?? ''),
    kind: object?.kind ?? '',
    namespace: object?.metadata.namespace,
    name: object?.metadata.name ?? '',
    clusters,
    fields: fields.map(({ path, before: was, after: is }) => ({
      path: fieldText(path),
      before: was ?? null,
      after: is ?? null,
    })),
    before: shown.before,
    after: shown.after,
  };
}

function foldKey({ action, owner, before, after }: ObjectChange): string {
  const object = (after ?? before)?.object;
  const id = [object?.apiVersion, object?.kind, object?.metadata.namespace, object?.metadata.name];
  const [was, is] = [before?.object, after?.object];
  return canonicalJson([action, owner, id, action === 'changed' ? changedFields(was, is) : (is ?? was)]);
}
