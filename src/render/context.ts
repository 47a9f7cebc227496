import { byText, isPlainObject, type PlainObject } from '../model/plain.ts';
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
  const { spec, renderFormat } = revision;
  return {
    name: component.name,
    appName: revision.application.name,
    appRevision: revision.name,
    appRevisionNum: revision.number,
    namespace: revision.application.namespace,
    componentType: component.type,
    cluster: { name: cluster.name, labels: isAsWritten(renderFormat) ? cluster.labels : sorted(cluster.labels) },
    ...clusterVersion(cluster.version ?? kubernetesVersion ?? assumedVersion(renderFormat), renderFormat),
    appDeployment: owner.kind === 'AppDeployment' ? owner.name : '',
    components: isAsWritten(renderFormat) ? spec.components : sorted(spec.components),
    ...withoutMeaning,
    ...(isAsWritten(renderFormat) ? { config: [] } : ofComponent(component, revision)),
  };
}

/**
 * KubeVela's (1.1) `revision` and `parameter`, the latter where the component has properties. A component is
 * numbered with its Application here.
 */
function ofComponent({ name, properties }: Rendering['component'], { number }: Revision): PlainObject {
  return {
    revision: `${name}-v${number}`,
    ...(properties === undefined ? {} : { parameter: sorted(properties) }),
  };
}

/** A component's or trait's properties as its template gets them: with sorted keys, as in KubeVela, where Go sorts them. */
export function parameterOf(
  properties: object | undefined,
  { renderFormat }: Pick<Revision, 'renderFormat'>,
): PlainObject {
  const given = (properties ?? {}) as PlainObject;
  return isAsWritten(renderFormat) ? given : (sorted(given) as PlainObject);
}

/**
 * `context.output` and `context.outputs` as a trait sees them: the latter only where there are any.
 */
export function soFar(
  output: PlainObject,
  outputs: PlainObject,
  { renderFormat }: Pick<Revision, 'renderFormat'>,
): PlainObject {
  const hasOutputs = Object.keys(outputs).length > 0 || isAsWritten(renderFormat);
  return hasOutputs ? { output, outputs } : { output };
}

/** Format 1 gave parameters as their file had them, an empty `config`, and `outputs` always. */
export function isAsWritten(renderFormat: number): boolean {
  return renderFormat < 2;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => byText(a, b))
      .map(([key, child]) => [key, sorted(child)]),
  );
}

/**
 * Fields that KubeVela fills from what a revision does not pin or what a renderer does not have:
 * there, as in KubeVela, and empty.
 */
const withoutMeaning = { appLabels: {}, appAnnotations: {}, workflowName: '', publishVersion: '', replicaKey: '' };

/** The Kubernetes version of clusters of which nothing says theirs: the newest that this version knows. */
const assumedKubernetesVersion = 'v1.37.0';

/** Format 1 had no version where nothing said one. */
export function assumedVersion(renderFormat: number): string | undefined {
  return isAsWritten(renderFormat) ? undefined : assumedKubernetesVersion;
}

/** KubeVela's clusterVersion (1.6), whose `minor` is a number; left out where a version cannot be read. */
function clusterVersion(version: string | undefined, renderFormat: number): PlainObject {
  const match = /^v?(\d+)\.(\d+)/.exec(version ?? '');
  if (match === null || version === undefined) return {};
  const gitVersion = version.startsWith('v') ? version : `v${version}`;
  const minor = isAsWritten(renderFormat) ? match[2] : Number(match[2]);
  return { clusterVersion: { major: match[1], minor, gitVersion, platform: 'linux/amd64' } };
}
