import type { PlainObject } from '../model/plain.ts';
import type { Owner, Target } from '../model/placement.ts';
import type { Revision } from '../model/revision.ts';
import type { CueEngine } from './cue/engine.ts';

/** One component of one revision about to be rendered for one cluster and owner. */
export interface Rendering {
  readonly revision: Revision;
  readonly component: Revision['spec']['components'][number];
  /** The component's index in the Application. */
  readonly index: number;
  readonly owner: Owner;
  readonly cluster: Target;
  readonly cue: CueEngine;
  /** The Kubernetes version of clusters that do not say theirs. */
  readonly kubernetesVersion: string | undefined;
  /** Whether a workload with an autoscaler has the placement's count, for its creation. */
  readonly initialReplicas: boolean;
}

/** What templates see as `context`: KubeVela's fields, and appDeployment, empty for a direct deployment. */
export function contextOf({ revision, component, owner, cluster, kubernetesVersion }: Rendering): PlainObject {
  return {
    name: component.name,
    appName: revision.application.name,
    appRevision: revision.name,
    appRevisionNum: revision.number,
    namespace: revision.application.namespace,
    componentType: component.type,
    cluster: { name: cluster.name, labels: cluster.labels },
    ...clusterVersion(cluster.version ?? kubernetesVersion),
    appDeployment: owner.kind === 'AppDeployment' ? owner.name : '',
    components: revision.spec.components,
    ...withoutMeaning,
  };
}

/**
 * Fields that KubeVela fills from what a revision does not pin or what a renderer does not have:
 * there, so that templates that look at them evaluate, and empty.
 */
const withoutMeaning = {
  config: [],
  appLabels: {},
  appAnnotations: {},
  workflowName: '',
  publishVersion: '',
  replicaKey: '',
};

/** KubeVela 1.6's clusterVersion; left out where nothing says it, so that a template that asks fails. */
function clusterVersion(version: string | undefined): PlainObject {
  const match = /^v?(\d+)\.(\d+)/.exec(version ?? '');
  if (match === null || version === undefined) return {};
  const gitVersion = version.startsWith('v') ? version : `v${version}`;
  return { clusterVersion: { major: match[1], minor: match[2], gitVersion, platform: 'linux/amd64' } };
}
