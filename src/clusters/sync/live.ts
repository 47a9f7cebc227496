import { dig, digList, digObject, digText, type PlainObject } from '../../model/plain.ts';
import type { ClusterIdentity } from '../cluster-secret.ts';

/** A Cluster as the API server has it. */
export interface LiveCluster extends ClusterIdentity {
  readonly namespace: string;
  /** The Secret with its kubeconfig; without one, the Cluster wants no cluster Secret. */
  readonly secretName: string | undefined;
}

/** A Secret in Argo CD's namespace, as the API server has it. */
export interface LiveSecret {
  readonly name: string;
  /** All of it, since an update that leaves out finalizers or owners removes them. */
  readonly metadata: PlainObject;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly type: string;
  /** Base64. */
  readonly data: Readonly<Record<string, string>>;
}

/** Where an Application of Argo CD deploys to. */
export interface LiveApplication {
  readonly namespace: string;
  readonly name: string;
  readonly destination: { readonly name: string; readonly server: string };
}

/** What one pass has read. */
export interface Observed {
  readonly clusters: readonly LiveCluster[];
  /** The Secrets that the Clusters name, by `namespace/name`; those that are not there are left out. */
  readonly kubeconfigs: ReadonlyMap<string, PlainObject>;
  /** Secrets that Clusters name and that could not be read: whether they are there is not known. */
  readonly unread: ReadonlySet<string>;
  /** Secrets of Argo CD's namespace: its cluster Secrets, those that we own, those of a name that we want. */
  readonly secrets: readonly LiveSecret[];
  readonly applications: readonly LiveApplication[];
}

/** `namespace/name`, by which a Cluster, or the Secret that it names, is known. */
export function keyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

/** The key of the Secret that a Cluster names. */
export function kubeconfigKey({ namespace, secretName }: LiveCluster): string | undefined {
  return secretName === undefined ? undefined : keyOf({ namespace, name: secretName });
}

/** Reads a Cluster. */
export function liveCluster(object: unknown): LiveCluster {
  return {
    name: digText(object, '', 'metadata', 'name'),
    namespace: digText(object, '', 'metadata', 'namespace'),
    labels: texts(object, 'metadata', 'labels'),
    annotations: texts(object, 'metadata', 'annotations'),
    secretName: digText(object, '', 'spec', 'kubeconfigSecretRef', 'name') || undefined,
  };
}

/** Reads a Secret. */
export function liveSecret(object: unknown): LiveSecret {
  return {
    name: digText(object, '', 'metadata', 'name'),
    metadata: digObject(object, 'metadata'),
    labels: texts(object, 'metadata', 'labels'),
    annotations: texts(object, 'metadata', 'annotations'),
    type: digText(object, 'Opaque', 'type'),
    data: texts(object, 'data'),
  };
}

/** Reads an Application (`spec.destination`). */
export function liveApplication(object: unknown): LiveApplication {
  return {
    namespace: digText(object, '', 'metadata', 'namespace'),
    name: digText(object, '', 'metadata', 'name'),
    destination: {
      name: digText(object, '', 'spec', 'destination', 'name'),
      server: digText(object, '', 'spec', 'destination', 'server'),
    },
  };
}

/** The objects of a list, as the API server answers it. */
export function itemsOf(list: unknown): readonly unknown[] {
  return digList(list, 'items');
}

function texts(object: unknown, ...path: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    Object.keys(digObject(object, ...path)).flatMap((key) => {
      const value = dig(object, ...path, key);
      return typeof value === 'string' ? [[key, value]] : [];
    }),
  );
}
