import type { Origin } from './origin.ts';
import type { Owner } from './placement.ts';
import type { Revision } from './revision.ts';

/** A Kubernetes object. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** What a manifest is for. */
export type Role = 'workload' | 'trait' | 'service' | 'virtualService' | 'gateway';

/** One Kubernetes object that we emit, on one cluster. */
export interface Manifest {
  readonly object: KubeObject;
  readonly role: Role;
  readonly cluster: string;
  readonly owner: Owner;
  /** Lives in its namespace's `_shared` folder, because several owners use it. */
  readonly shared: boolean;
  readonly origin: Origin;
  /** Set for what a component of a revision emits. */
  readonly instance?: Instance;
}

/** One component of one revision on one cluster. */
export interface Instance {
  readonly revision: Revision;
  readonly component: string;
  /** undefined when the Application deploys directly: its template decides. */
  readonly replicas: number | undefined;
}

/** The API group of an object, empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Group/kind, namespace and name: what Kubernetes tells objects apart by. */
export function resourceId({ apiVersion, kind, metadata }: KubeObject): string {
  const group = groupOf(apiVersion);
  return `${group === '' ? kind : `${group}/${kind}`} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}
