import type { Declaration, ObjectName } from './catalog.ts';
import type { AppDeployment, Application, ClusterSelector } from './kinds.gen.ts';
import type { FieldPath, Origin } from './origin.ts';
import type { Revision } from './revision.ts';

/** Argo CD's own name of the cluster that it runs in. */
export const hostCluster = 'in-cluster';

/** The label whose value names the mesh, the serving domain, of a Cluster. */
export const meshLabel = 'appdeploy.dev/mesh';

/** The annotation of a Cluster with its Kubernetes version. */
export const versionAnnotation = 'appdeploy.dev/kubernetes-version';

/** A cluster that can be placed on: a declared Cluster, or the host cluster without one. */
export interface Target {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The cluster's Kubernetes version, `v1.33.2`; undefined where nothing says it. */
  readonly version?: string | undefined;
  /** No placement may use it: only thought of, see PlanOptions. */
  readonly isDrained?: boolean;
}

/** Why a placement is on its cluster; `kept`: another selector, which is gone, has it recorded. */
export type Reason =
  | { readonly kind: 'name' }
  | { readonly kind: 'host' }
  | { readonly kind: 'all' }
  | { readonly kind: 'rank' | 'record' | 'kept'; readonly rank: number; readonly of: number };

/** One revision on one cluster with a replica count. */
export interface Placement {
  readonly appDeployment: Declaration<AppDeployment>;
  readonly revision: Revision;
  readonly cluster: Target;
  readonly replicas: number;
  readonly reason: Reason;
  /** The entry of the AppDeployment's placement lists that it is of. */
  readonly field: FieldPath;
  readonly origin: Origin;
}

/** The cluster that an AppDeployment's selector got; `ordinal` tells equal selectors of a revision apart. */
export interface Pick {
  readonly appDeployment: ObjectName;
  readonly selector: ClusterSelector;
  readonly ordinal: number;
  readonly cluster: string;
}

/** An Application that deploys itself to the host cluster. */
export interface DirectDeployment {
  readonly application: Declaration<Application>;
  readonly revision: Revision;
  readonly cluster: Target;
}

/** All that runs somewhere. */
export interface Placements {
  readonly placed: readonly Placement[];
  readonly direct: readonly DirectDeployment[];
  /** The choices that are recorded. */
  readonly picks: readonly Pick[];
}

/** The AppDeployment or Application that a manifest is rendered for. */
export interface Owner extends ObjectName {
  readonly kind: 'AppDeployment' | 'Application';
}
