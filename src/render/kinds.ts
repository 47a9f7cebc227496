/** Kinds of Kubernetes' own APIs that live outside namespaces. */
const clusterScoped = new Set([
  'APIService',
  'ClusterRole',
  'ClusterRoleBinding',
  'CSIDriver',
  'CustomResourceDefinition',
  'FlowSchema',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
]);

/** Whether objects of a kind have no namespace. */
export function isClusterScoped(kind: string): boolean {
  return clusterScoped.has(kind);
}

/** Of Flux and terraform-controller those that KubeVela's helm and terraform schematics give. */
const unscalable = new Set(['Configuration', 'CronJob', 'DaemonSet', 'HelmRelease', 'Job', 'Pod', 'PodTemplate']);

/** Whether a workload of a kind has `spec.replicas`. Kinds that are not Kubernetes' own are taken to have it. */
export function canScale(kind: string): boolean {
  return !unscalable.has(kind);
}
