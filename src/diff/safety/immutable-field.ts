import { isDeepStrictEqual } from 'node:util';
import { groupOf, type KubeObject } from '../../model/manifest.ts';
import { fieldText, type FieldPath } from '../../model/origin.ts';
import { dig, digObject } from '../../model/plain.ts';
import { withDefaults } from './defaults.ts';
import type { Observation, Transition } from './finding.ts';

type ImmutableFields = (before: KubeObject, after: KubeObject) => readonly FieldPath[];

const fields =
  (...paths: FieldPath[]): ImmutableFields =>
  () =>
    paths;

/** Every field of the spec but those that may be changed. */
const specBut =
  (...mutable: string[]): ImmutableFields =>
  (before, after) => {
    const keys = new Set([before, after].flatMap((object) => Object.keys(digObject(object, 'spec'))));
    return [...keys]
      .filter((key) => !mutable.includes(key))
      .toSorted()
      .map((key) => ['spec', key]);
  };

/** The data of a ConfigMap or Secret that says `immutable: true`. */
const sealedData: ImmutableFields = (before) =>
  before['immutable'] === true ? [['immutable'], ['data'], ['binaryData'], ['stringData']] : [];

/** An address stays, unless the Service becomes or was an ExternalName, which has none. */
const serviceFields: ImmutableFields = (before, after) =>
  [before, after].some((object) => dig(object, 'spec', 'type') === 'ExternalName')
    ? []
    : [
        ['spec', 'clusterIP'],
        ['spec', 'clusterIPs'],
      ];

/** The count of an Indexed Job may change with its parallelism. */
const jobFields: ImmutableFields = (_before, after) => {
  const always = ['selector', 'template', 'completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy'];
  const count = dig(after, 'spec', 'completionMode') === 'Indexed' ? [] : ['completions'];
  return [...always, 'successPolicy', ...count].map((field) => ['spec', field]);
};

/**
 * What Kubernetes' validation of an update refuses (pkg/apis/<group>/validation of kubernetes/kubernetes:
 * ValidateDeploymentUpdate, ValidateStatefulSetUpdate, ValidateDaemonSetUpdate, ValidateJobSpecUpdate,
 * ValidateServiceUpdate, ValidatePersistentVolumeClaimUpdate, …), by group and kind.
 */
const immutable: Readonly<Record<string, ImmutableFields>> = {
  'apps/Deployment': fields(['spec', 'selector']),
  'apps/ReplicaSet': fields(['spec', 'selector']),
  'apps/DaemonSet': fields(['spec', 'selector']),
  'apps/StatefulSet': specBut(
    'replicas',
    'ordinals',
    'template',
    'updateStrategy',
    'persistentVolumeClaimRetentionPolicy',
    'minReadySeconds',
    'revisionHistoryLimit',
  ),
  'batch/Job': jobFields,
  '/Service': serviceFields,
  '/PersistentVolumeClaim': specBut('resources', 'volumeAttributesClassName'),
  '/ConfigMap': sealedData,
  '/Secret': (before, after) => [['type'], ...sealedData(before, after)],
  'storage.k8s.io/StorageClass': fields(['provisioner'], ['parameters'], ['reclaimPolicy'], ['volumeBindingMode']),
  'rbac.authorization.k8s.io/RoleBinding': fields(['roleRef']),
  'rbac.authorization.k8s.io/ClusterRoleBinding': fields(['roleRef']),
  'scheduling.k8s.io/PriorityClass': fields(['value'], ['preemptionPolicy']),
};

/** A field changes that is immutable once the object exists. */
export function immutableField({ changes }: Transition): Observation[] {
  return changes.flatMap(({ owner, cluster, before, after }) => {
    if (before === undefined || after === undefined || isRecreated(after.object)) return [];
    const { apiVersion, kind, metadata } = after.object;
    const id = `${groupOf(apiVersion)}/${kind}`;
    const [was, is] = [withDefaults(before.object, id), withDefaults(after.object, id)];
    const paths = immutable[id]?.(before.object, after.object) ?? [];
    return paths
      .filter((path) => !isDeepStrictEqual(dig(was, ...path), dig(is, ...path)))
      .map((path): Observation => ({
        code: 'IMMUTABLE_FIELD',
        message: `${kind} ${metadata.name} changes ${fieldText(path)}, which is immutable`,
        owner,
        cluster,
        origin: after.origin,
      }));
  });
}

/**
 * Whether Argo CD deletes the object and creates it anew instead of updating it: a hook (its default
 * deletion policy is BeforeHookCreation), or one with the sync options `Force=true,Replace=true`.
 */
function isRecreated({ metadata: { annotations = {} } }: KubeObject): boolean {
  const options = (annotations['argocd.argoproj.io/sync-options'] ?? '').split(',').map((option) => option.trim());
  const isForced = ['Force=true', 'Replace=true'].every((option) => options.includes(option));
  return isForced || annotations['argocd.argoproj.io/hook'] !== undefined;
}
