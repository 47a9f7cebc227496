import { dig, isPlainObject, type PlainObject } from '../model/plain.ts';

const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * What keeps an object from being a Kubernetes object: apiVersion and kind, and the parts of its
 * metadata that names and paths are made of. undefined when nothing does.
 */
export function objectFault(object: PlainObject): string | undefined {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string') return 'has no apiVersion';
  if (!/^([a-z0-9.-]+\/)?[a-z0-9]+$/.test(apiVersion)) return 'has an apiVersion that is no group/version';
  if (typeof kind !== 'string') return 'has no kind';
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(kind)) return 'has a kind that is no name of a kind';
  return metadataFault(object);
}

function metadataFault(object: PlainObject): string | undefined {
  const name = dig(object, 'metadata', 'name') ?? '';
  const namespace = dig(object, 'metadata', 'namespace') ?? 'default';
  if (typeof name !== 'string') return 'has a metadata.name that is no string';
  if (typeof namespace !== 'string' || !label.test(namespace)) return 'has a metadata.namespace that is no name';
  const wrong = ['labels', 'annotations'].find((field) => !isStringMap(dig(object, 'metadata', field) ?? {}));
  return wrong === undefined ? undefined : `has metadata.${wrong} that are no mapping of strings to strings`;
}

function isStringMap(value: unknown): boolean {
  return isPlainObject(value) && Object.values(value).every((text) => typeof text === 'string');
}
