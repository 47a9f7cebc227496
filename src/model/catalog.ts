import type {
  AppDeployment,
  Application,
  ApplicationRevision,
  Cluster,
  Config,
  Definition,
  Gateway,
  PlacementRecord,
} from './kinds.gen.ts';
import type { Locate, Origin } from './origin.ts';

/** A file of a repo state; `path` is relative to the root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly commit?: string;
}

/** One YAML document with the positions of its fields. */
export interface SourceDocument {
  readonly path: string;
  readonly value: unknown;
  readonly origin: Origin;
  readonly locate: Locate;
}

/** A document of a kind we read, known to fit its schema. */
export interface Declaration<T> {
  readonly name: string;
  readonly namespace: string;
  readonly object: T;
  readonly origin: Origin;
  readonly locate: Locate;
}

/** Namespace and name of an object that is not ours. */
export interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

/** The validated documents of one repo state. */
export interface Catalog {
  readonly applications: readonly Declaration<Application>[];
  readonly appDeployments: readonly Declaration<AppDeployment>[];
  readonly clusters: readonly Declaration<Cluster>[];
  readonly definitions: readonly Declaration<Definition>[];
  readonly gateways: readonly Declaration<Gateway>[];
  readonly snapshots: readonly Declaration<ApplicationRevision>[];
  readonly placementRecords: readonly Declaration<PlacementRecord>[];
  /** Plain Services of the repo, which a mesh host may already have. */
  readonly services: readonly ObjectName[];
}

/** The config's `argocd`, with every default filled in. */
export interface ArgocdSettings {
  readonly repoURL: string;
  readonly targetRevision: string;
  /** Where the root lies in the repo: empty, or ending in a slash. */
  readonly path: string;
  readonly namespace: string;
  readonly project: string;
  readonly version: string | undefined;
  readonly syncPolicy: object | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  /** Whether the Cluster objects go to the host cluster. */
  readonly clusters: boolean;
  readonly origin: Origin;
}

/** The config's `autoscalers`, with every default filled in. */
export interface AutoscalerSettings {
  /** Whether a workload with an autoscaler has the placement's count, for its creation. */
  readonly initialReplicas: boolean;
  /** Whether an autoscaler is in the sync wave of its workload, before the routes, or in the last one. */
  readonly beforeRoutes: boolean;
}

/** The config with every default filled in. */
export interface Settings {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly output: string;
  readonly allowEmpty: boolean;
  /** How long one template may take, in seconds. */
  readonly templateSeconds: number;
  /** The Kubernetes version of clusters that do not say theirs. */
  readonly kubernetesVersion: string | undefined;
  /** Branches whose snapshots are published. */
  readonly mainline: readonly string[];
  /** Whether the config itself lists them. */
  readonly listsMainlines: boolean;
  readonly requiredVersion?: { readonly text: string; readonly origin: Origin };
  /** undefined where no Applications are wanted. */
  readonly argocd: ArgocdSettings | undefined;
  readonly autoscalers: AutoscalerSettings;
  readonly istioVersion: 'v1' | 'v1beta1';
  readonly missingTargets: NonNullable<NonNullable<Config['traffic']>['missingTargets']>;
}

/** Writes `namespace/name`, the key of an object within its kind. */
export function qualifiedName({ namespace, name }: ObjectName): string {
  return `${namespace}/${name}`;
}
