import type { KubeObject } from '../../model/manifest.ts';
import type { FieldPath } from '../../model/origin.ts';
import { digObject, type PlainObject } from '../../model/plain.ts';

/** What the API server takes an immutable field to be where it is not written, by group and kind. */
const defaults: Readonly<Record<string, readonly (readonly [FieldPath, unknown])[]>> = {
  'apps/StatefulSet': [[['spec', 'podManagementPolicy'], 'OrderedReady']],
  'batch/Job': [[['spec', 'completionMode'], 'NonIndexed']],
  '/PersistentVolumeClaim': [[['spec', 'volumeMode'], 'Filesystem']],
  '/Secret': [[['type'], 'Opaque']],
  'storage.k8s.io/StorageClass': [
    [['reclaimPolicy'], 'Delete'],
    [['volumeBindingMode'], 'Immediate'],
  ],
  'rbac.authorization.k8s.io/RoleBinding': [[['roleRef', 'apiGroup'], 'rbac.authorization.k8s.io']],
  'rbac.authorization.k8s.io/ClusterRoleBinding': [[['roleRef', 'apiGroup'], 'rbac.authorization.k8s.io']],
  'scheduling.k8s.io/PriorityClass': [[['preemptionPolicy'], 'PreemptLowerPriority']],
};

/** An object as the API server keeps it, as far as its immutable fields go. */
export function withDefaults(object: KubeObject, id: string): PlainObject {
  return (defaults[id] ?? []).reduce<PlainObject>((filled, [path, value]) => withDefault(filled, path, value), object);
}

function withDefault(object: PlainObject, [key = '', ...rest]: FieldPath, value: unknown): PlainObject {
  const own = rest.length === 0 ? (object[key] ?? value) : withDefault(digObject(object, key), rest, value);
  return { ...object, [key]: own };
}
