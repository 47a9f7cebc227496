// Generated from the JSON Schemas in src/schema/kinds by `npm run generate`; do not edit.

/**
 * KubeVela 1.0's AppDeployment: places revisions of an Application on clusters and splits traffic between them.
 */
export interface AppDeployment {
  apiVersion: 'core.oam.dev/v1beta1';
  kind: 'AppDeployment';
  metadata: Metadata;
  spec: AppDeploymentSpec;
  status?: unknown;
}
/**
 * Kubernetes ObjectMeta. Only name, namespace, labels and annotations have a meaning here; what a live object carries besides is allowed and ignored.
 */
export interface Metadata {
  name: string;
  namespace?: string;
  labels?: StringMap;
  annotations?: StringMap;
  creationTimestamp?: unknown;
  finalizers?: unknown;
  generation?: unknown;
  managedFields?: unknown;
  ownerReferences?: unknown;
  resourceVersion?: unknown;
  selfLink?: unknown;
  uid?: unknown;
}
export interface StringMap {
  [k: string]: string;
}
export interface AppDeploymentSpec {
  traffic?: Traffic;
  /**
   * @minItems 1
   */
  appRevisions: AppRevision[];
}
export interface Traffic {
  /**
   * @minItems 1
   */
  hosts: string[];
  gateways?: string[];
  /**
   * @minItems 1
   */
  http: HttpRule[];
}
/**
 * One rule; besides weightedTargets the fields are those of Istio's HTTPRoute.
 */
export interface HttpRule {
  name?: string;
  match?: HttpMatch[];
  /**
   * @minItems 1
   */
  weightedTargets: WeightedTarget[];
  /**
   * A duration such as 1h, 1.5s, 250ms.
   */
  timeout?: string;
  retries?: Retries;
  rewrite?: Rewrite;
  headers?: HeaderRules;
  mirror?: Destination;
  mirrors?: {
    destination: Destination;
    percentage?: {
      value?: number;
    };
  }[];
  mirrorPercentage?: {
    value?: number;
  };
  corsPolicy?: CorsPolicy;
  fault?: Fault;
}
/**
 * Istio's HTTPMatchRequest.
 */
export interface HttpMatch {
  name?: string;
  uri?: StringMatch;
  scheme?: StringMatch;
  method?: StringMatch;
  authority?: StringMatch;
  headers?: {
    [k: string]: StringMatch;
  };
  port?: number;
  sourceLabels?: StringMap;
  gateways?: string[];
  queryParams?: {
    [k: string]: StringMatch;
  };
  ignoreUriCase?: boolean;
  withoutHeaders?: {
    [k: string]: StringMatch;
  };
  sourceNamespace?: string;
  statPrefix?: string;
}
export interface StringMatch {
  exact?: string;
  prefix?: string;
  regex?: string;
}
export interface WeightedTarget {
  revisionName: string;
  componentName: string;
  port: number;
  weight?: number;
}
/**
 * Istio's HTTPRetry.
 */
export interface Retries {
  attempts?: number;
  /**
   * A duration such as 1h, 1.5s, 250ms.
   */
  perTryTimeout?: string;
  retryOn?: string;
  retryRemoteLocalities?: boolean;
  retryIgnorePreviousHosts?: boolean;
  /**
   * A duration such as 1h, 1.5s, 250ms.
   */
  backoff?: string;
}
/**
 * Istio's HTTPRewrite.
 */
export interface Rewrite {
  uri?: string;
  authority?: string;
  uriRegexRewrite?: {
    match?: string;
    rewrite?: string;
  };
}
/**
 * Istio's Headers.
 */
export interface HeaderRules {
  request?: HeaderOperations;
  response?: HeaderOperations;
}
export interface HeaderOperations {
  set?: StringMap;
  add?: StringMap;
  remove?: string[];
}
export interface Destination {
  host: string;
  subset?: string;
  port?: {
    number: number;
  };
}
/**
 * Istio's CorsPolicy.
 */
export interface CorsPolicy {
  allowOrigins?: StringMatch[];
  allowMethods?: string[];
  allowHeaders?: string[];
  exposeHeaders?: string[];
  /**
   * A duration such as 1h, 1.5s, 250ms.
   */
  maxAge?: string;
  allowCredentials?: boolean;
  unmatchedPreflights?: 'UNSPECIFIED' | 'FORWARD' | 'IGNORE';
}
/**
 * Istio's HTTPFaultInjection.
 */
export interface Fault {
  delay?: {
    /**
     * A duration such as 1h, 1.5s, 250ms.
     */
    fixedDelay: string;
    percentage?: {
      value?: number;
    };
  };
  abort?: {
    httpStatus?: number;
    grpcStatus?: string;
    percentage?: {
      value?: number;
    };
  };
}
export interface AppRevision {
  /**
   * The name of a revision: <application>-v<N>.
   */
  revisionName: string;
  /**
   * @minItems 1
   */
  placement: ClusterPlacement[];
}
/**
 * One entry of a revision's placement list. Without clusterSelector it means the host cluster.
 */
export interface ClusterPlacement {
  clusterSelector?: ClusterSelector;
  distribution: Distribution;
}
export interface ClusterSelector {
  name?: string;
  labels?: StringMap;
  matchExpressions?: MatchExpression[];
  /**
   * One (default): one of the matches is picked by rendezvous hashing. All: every match is used.
   */
  policy?: 'One' | 'All';
}
/**
 * A Kubernetes LabelSelectorRequirement.
 */
export interface MatchExpression {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  values?: string[];
}
export interface Distribution {
  replicas: number;
  /**
   * With policy All: replicas on each match (Duplicated, default), or split over the matches (Divided).
   */
  type?: 'Duplicated' | 'Divided';
  /**
   * For Divided: share by cluster name; a cluster that is not listed has weight 1.
   */
  weights?: {
    [k: string]: number;
  };
}
/**
 * A snapshot: one revision of an Application with the definitions that it used. Written by appdeploy under revisions/, immutable once published.
 */
export interface ApplicationRevision {
  apiVersion: 'core.oam.dev/v1beta1';
  kind: 'ApplicationRevision';
  metadata: Metadata;
  spec: ApplicationRevisionSpec;
  status?: unknown;
}
export interface ApplicationRevisionSpec {
  /**
   * Within a format, pod templates, selectors and names of a snapshot never change.
   */
  renderFormat?: number;
  application: Application;
  componentDefinitions?: {
    [k: string]: Definition;
  };
  traitDefinitions?: {
    [k: string]: Definition;
  };
}
/**
 * KubeVela's Application: components, each with traits. Every change of its spec makes a new revision.
 */
export interface Application {
  apiVersion: 'core.oam.dev/v1beta1';
  kind: 'Application';
  metadata: Metadata;
  spec: ApplicationSpec;
  status?: unknown;
}
export interface ApplicationSpec {
  /**
   * @minItems 1
   */
  components: Component[];
}
export interface Component {
  name: string;
  /**
   * The name of a ComponentDefinition.
   */
  type: string;
  /**
   * The definition's parameters.
   */
  properties?: {
    [k: string]: unknown;
  };
  traits?: Trait[];
}
export interface Trait {
  /**
   * The name of a TraitDefinition.
   */
  type: string;
  /**
   * The definition's parameters.
   */
  properties?: {
    [k: string]: unknown;
  };
}
/**
 * ComponentDefinition, TraitDefinition or WorkloadDefinition. schematic.handlebars is rendered here; KubeVela's other fields are carried unread.
 */
export interface Definition {
  apiVersion: 'core.oam.dev/v1beta1';
  kind: 'ComponentDefinition' | 'TraitDefinition' | 'WorkloadDefinition';
  metadata: Metadata;
  spec: DefinitionSpec;
  status?: unknown;
}
export interface DefinitionSpec {
  workload?: unknown;
  childResourceKinds?: unknown;
  revisionLabel?: unknown;
  podSpecPath?: unknown;
  status?: unknown;
  extension?: unknown;
  version?: unknown;
  appliesToWorkloads?: unknown;
  conflictsWith?: unknown;
  workloadRefPath?: unknown;
  podDisruptive?: unknown;
  controlPlaneOnly?: unknown;
  manageWorkload?: unknown;
  skipRevisionAffect?: unknown;
  revisionEnabled?: unknown;
  stage?: unknown;
  definitionRef?: unknown;
  schematic?: Schematic;
}
export interface Schematic {
  handlebars?: HandlebarsSchematic;
  cue?: CueSchematic;
  kube?: KubeSchematic;
  helm?: HelmSchematic;
  terraform?: TerraformSchematic;
}
export interface HandlebarsSchematic {
  /**
   * YAML text with Handlebars expressions; {{x}} writes the value as JSON. Yields output and outputs (component), patch and outputs (trait).
   */
  template: string;
  /**
   * JSON Schema (draft 07) of the properties, defaults included.
   */
  parameter?: {
    [k: string]: unknown;
  };
  /**
   * For the lists of a trait's patch: the field that tells their elements apart, by dotted path (spec.template.spec.containers: name).
   */
  patchKeys?: {
    [k: string]: string;
  };
  /**
   * How a trait's patch meets a field, by dotted path. replace: the patch's value stands. retainKeys: so it does, and of a list the matched elements. every: the one element of the patch's list is for each of the base's.
   */
  patchStrategies?: {
    [k: string]: 'replace' | 'retainKeys' | 'every';
  };
  /**
   * What a trait's patch is: unified with the workload (default), JSON Patch operations (RFC 6902), or a JSON Merge Patch (RFC 7396).
   */
  patchFormat?: 'unify' | 'jsonPatch' | 'jsonMergePatch';
}
export interface CueSchematic {
  /**
   * CUE, as KubeVela evaluates it.
   */
  template: string;
}
export interface KubeSchematic {
  /**
   * The object that parameters are written into.
   */
  template: {
    [k: string]: unknown;
  };
  parameters?: KubeParameter[];
}
export interface KubeParameter {
  name: string;
  type: 'string' | 'number' | 'boolean';
  fieldPaths: string[];
  required?: boolean;
  description?: string;
}
export interface HelmSchematic {
  /**
   * The spec of Flux's HelmRelease; release.chart.spec names the chart.
   */
  release: {
    [k: string]: unknown;
  };
  /**
   * The spec of Flux's HelmRepository.
   */
  repository: {
    [k: string]: unknown;
  };
}
export interface TerraformSchematic {
  configuration: string;
  type?: 'hcl' | 'json' | 'remote';
  path?: string;
  gitRef?: unknown;
  providerRef?: unknown;
  deleteResource?: boolean;
  writeConnectionSecretToRef?: unknown;
  region?: string;
}
/**
 * A cluster that AppDeployments place revisions on. The name in-cluster stands for the host cluster, where Argo CD runs, and only labels it.
 */
export interface Cluster {
  apiVersion: 'core.oam.dev/v1beta1';
  kind: 'Cluster';
  metadata: Metadata;
  spec?: ClusterSpec;
  status?: unknown;
}
export interface ClusterSpec {
  kubeconfigSecretRef?: {
    /**
     * The Secret whose data.config holds the kubeconfig.
     */
    name: string;
  };
}
/**
 * appdeploy.yaml at the root of a config repo. Everything has a default.
 */
export interface Config {
  apiVersion: 'appdeploy.dev/v1alpha1';
  kind: 'Config';
  /**
   * The appdeploy that may work on this repo: "1.2.3" (exactly) or ">=1.2.3".
   */
  requiredVersion?: string;
  /**
   * Globs of the files to read. Default: every .yaml, .yml and .json file.
   */
  include?: string[];
  /**
   * Globs of files to leave out.
   */
  exclude?: string[];
  /**
   * The output folder, relative to the root. Default: rendered.
   */
  output?: string;
  /**
   * Accept a result without any manifest where there was output. Default: false.
   */
  allowEmpty?: boolean;
  /**
   * Branches whose snapshots are published: the main one, and long-lived release lines. Default: main, master.
   *
   * @minItems 1
   */
  mainline?: string[];
  argocd?: ArgocdConfig;
  /**
   * The Kubernetes version of clusters without the annotation appdeploy.dev/kubernetes-version.
   */
  kubernetesVersion?: string;
  templates?: {
    /**
     * How long one CUE template may take. Default: 2.
     */
    timeoutSeconds?: number;
  };
  /**
   * How workloads with an autoscaler are deployed: an HPA, KEDA's ScaledObject, whatever has a scaleTargetRef.
   */
  autoscalers?: {
    /**
     * Give a workload with an autoscaler the placement's replicas, for its creation. Only where its Argo CD Application ignores the field afterwards: else each sync would undo what the autoscaler decided. Default: true with argocd, whose Applications do; false without.
     */
    initialReplicas?: boolean;
    /**
     * Put an autoscaler into the sync wave of its workload, before the routes; false puts it last, so that no wave waits for its health. Default: true.
     */
    beforeRoutes?: boolean;
  };
  traffic?: {
    /**
     * The version of networking.istio.io to write. Default: v1.
     */
    istioVersion?: 'v1' | 'v1beta1';
    /**
     * What to do on a cluster that lacks a weighted target. Default: Renormalise.
     */
    missingTargets?: 'Renormalise' | 'Fail';
  };
}
/**
 * With it, render writes Argo CD Applications for everything that it rendered.
 */
export interface ArgocdConfig {
  /**
   * The repo as Argo CD reaches it.
   */
  repoURL: string;
  /**
   * What Argo CD follows. Default: HEAD.
   */
  targetRevision?: string;
  /**
   * Where the root lies in the repo. Default: its top.
   */
  path?: string;
  /**
   * Argo CD's own namespace. Default: argocd.
   */
  namespace?: string;
  /**
   * The name of the AppProject. Default: appdeploy.
   */
  project?: string;
  /**
   * Argo CD's version; some settings are only for newer ones.
   */
  version?: string;
  /**
   * Takes the place of the Applications' syncPolicy.
   */
  syncPolicy?: {
    [k: string]: unknown;
  };
  annotations?: StringMap1;
  /**
   * Render the repo's Cluster objects, without credentials, for the host cluster. Default: false.
   */
  clusters?: boolean;
}
/**
 * Annotations of every Application.
 */
export interface StringMap1 {
  [k: string]: string;
}
/**
 * A numbered state of a definition, as KubeVela keeps them; type: name@vN uses it.
 */
export interface DefinitionRevision {
  apiVersion: 'core.oam.dev/v1beta1';
  kind: 'DefinitionRevision';
  metadata: Metadata;
  spec: DefinitionRevisionSpec;
  status?: unknown;
}
export interface DefinitionRevisionSpec {
  revision: number;
  componentDefinition?: Definition;
  traitDefinition?: Definition;
  [k: string]: unknown;
}
/**
 * Istio's Gateway; its spec is passed through.
 */
export interface Gateway {
  apiVersion: 'networking.istio.io/v1' | 'networking.istio.io/v1beta1' | 'networking.istio.io/v1alpha3';
  kind: 'Gateway';
  metadata: Metadata;
  spec: {
    [k: string]: unknown;
  };
  status?: unknown;
}
/**
 * The clusters that were picked for an AppDeployment's selectors. Written by appdeploy under placements/, so that a new Cluster moves nothing that runs.
 */
export interface PlacementRecord {
  apiVersion: 'appdeploy.dev/v1alpha1';
  kind: 'PlacementRecord';
  metadata: Metadata;
  spec: PlacementRecordSpec;
}
export interface PlacementRecordSpec {
  picks: RecordedPick[];
}
export interface RecordedPick {
  selector: ClusterSelector;
  /**
   * Which of a revision's placements with this selector it is, from 0.
   */
  ordinal: number;
  /**
   * The name of the Cluster that was picked.
   */
  cluster: string;
}
