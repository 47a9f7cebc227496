import { type FieldPath, fieldText } from '../model/origin.ts';
import { byText, digText, groupBy, isPlainObject } from '../model/plain.ts';
import type { ObjectChange } from './compare.ts';

/** The image of one container, before and after; undefined where the container is not there. */
export interface ImageChange {
  readonly owner: string;
  /** `Deployment shop-v1` */
  readonly workload: string;
  readonly container: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly clusters: readonly string[];
}

/** The images that come, go or change with the objects; equal ones of several clusters together. */
export function imageChanges(changes: readonly ObjectChange[]): ImageChange[] {
  const found = changes.flatMap(({ owner, cluster, before, after }) => {
    const [old, now] = [imagesIn(before?.object), imagesIn(after?.object)];
    const { kind = '', metadata } = (after ?? before)?.object ?? {};
    return [...new Set([...old.keys(), ...now.keys()])]
      .filter((container) => old.get(container) !== now.get(container))
      .map((container) => ({
        owner,
        workload: `${kind} ${metadata?.name ?? ''}`,
        container,
        before: old.get(container),
        after: now.get(container),
        cluster,
      }));
  });
  const alike = groupBy(found, ({ cluster: _own, ...rest }) => JSON.stringify(Object.values(rest)));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { cluster: _own, ...change } = first;
    return [{ ...change, clusters: group.map(({ cluster }) => cluster).toSorted(byText) }];
  });
}

/**
 * The images of every list of containers in an object, wherever the kind keeps them. A container is known by its
 * name; where several lists have one of that name, the later ones by their place too.
 */
function imagesIn(value: unknown, at: FieldPath = [], images: Map<string, string> = new Map()): Map<string, string> {
  if (Array.isArray(value)) for (const [index, child] of value.entries()) imagesIn(child, [...at, index], images);
  if (!isPlainObject(value)) return images;
  for (const [key, child] of Object.entries(value).toSorted(([a], [b]) => byText(a, b))) {
    const place = [...at, key];
    if (/^(?:init|ephemeral)?containers$/i.test(key) && Array.isArray(child))
      for (const container of child) {
        const image = digText(container, '', 'image');
        const name = digText(container, '', 'name');
        if (image !== '') images.set(images.has(name) ? `${name} (${fieldText(place)})` : name, image);
      }
    else imagesIn(child, place, images);
  }
  return images;
}
