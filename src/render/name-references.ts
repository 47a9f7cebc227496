import { groupOf, type KubeObject } from '../model/manifest.ts';
import { isPlainObject } from '../model/plain.ts';

/** Says what an object is now called; undefined where it is not one of ours. Without a namespace: that of the object that refers. */
export type Rename = (kind: string, name: string, namespace?: string) => string | undefined;

/** Fields that name another object, by the key that holds the name or the reference. */
const pathReferences: readonly { readonly kind: string; readonly path: readonly string[] }[] = [
  { kind: 'ConfigMap', path: ['configMap', 'name'] },
  { kind: 'ConfigMap', path: ['configMapKeyRef', 'name'] },
  { kind: 'ConfigMap', path: ['configMapRef', 'name'] },
  { kind: 'Secret', path: ['secret', 'secretName'] },
  { kind: 'Secret', path: ['secret', 'name'] },
  { kind: 'Secret', path: ['secretKeyRef', 'name'] },
  { kind: 'Secret', path: ['secretRef', 'name'] },
  { kind: 'Secret', path: ['tls', '*', 'secretName'] },
  { kind: 'Secret', path: ['imagePullSecrets', '*', 'name'] },
  { kind: 'PersistentVolumeClaim', path: ['persistentVolumeClaim', 'claimName'] },
  { kind: 'Service', path: ['backend', 'service', 'name'] },
  { kind: 'Service', path: ['defaultBackend', 'service', 'name'] },
  { kind: 'Service', path: ['backend', 'serviceName'] },
  { kind: 'ServiceAccount', path: ['spec', 'serviceAccountName'] },
];

/** Fields that hold kind and name of another object. */
const typedReferences = new Set(['scaleTargetRef', 'targetRef', 'roleRef', 'workloadRef', 'objectReference']);

/** Gives every reference to a renamed object its new name; everything else stays as it is. */
export function renameReferences(object: KubeObject, rename: Rename): KubeObject {
  const walked = walk(object, [], rename) as KubeObject;
  const { spec } = walked as { spec?: unknown };
  if (
    object.kind === 'StatefulSet' &&
    groupOf(object.apiVersion) === 'apps' &&
    isPlainObject(spec) &&
    typeof spec['serviceName'] === 'string'
  ) {
    return { ...walked, spec: { ...spec, serviceName: rename('Service', spec['serviceName']) ?? spec['serviceName'] } };
  }
  return walked;
}

function walk(node: unknown, path: readonly string[], rename: Rename): unknown {
  if (Array.isArray(node)) return node.map((child) => walk(child, [...path, '*'], rename));
  if (isPlainObject(node)) {
    const entries = Object.entries(node).map(([key, child]): [string, unknown] => [
      key,
      walk(child, [...path, key], rename),
    ]);
    return typedReference(Object.fromEntries(entries), path, rename);
  }
  if (typeof node !== 'string') return node;
  const reference = pathReferences.find((each) => endsWith(path, each.path));
  return (reference && rename(reference.kind, node)) ?? node;
}

function typedReference(node: Readonly<Record<string, unknown>>, path: readonly string[], rename: Rename): unknown {
  const { kind, name, namespace } = node;
  const isReference = typedReferences.has(path.at(-1) ?? '') || (path.at(-1) === '*' && path.at(-2) === 'subjects');
  if (!isReference || typeof name !== 'string') return node;
  // KEDA's ScaledObject leaves the kind out for a Deployment.
  return {
    ...node,
    name:
      rename(
        typeof kind === 'string' ? kind : 'Deployment',
        name,
        typeof namespace === 'string' ? namespace : undefined,
      ) ?? name,
  };
}

function endsWith(path: readonly string[], end: readonly string[]): boolean {
  return end.every((part, index) => path[path.length - end.length + index] === part);
}
