import type { FieldPath } from '../model/origin.ts';

/** What a cluster Secret says besides name, server and config; Argo CD reads each as text. */
export interface ClusterScope {
  readonly project?: string;
  readonly namespaces?: string;
  readonly clusterResources?: string;
  readonly shard?: string;
}

/** The annotation of a Cluster that chooses a context of its kubeconfig, where there are several. */
export const contextAnnotation = 'appdeploy.dev/kubeconfig-context';

const dnsLabel = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';

/** The annotations of a Cluster that go into its cluster Secret, and what each may say. */
const scopes: Readonly<Record<keyof ClusterScope, { name: string; pattern: RegExp; expected: string }>> = {
  project: {
    name: 'appdeploy.dev/argocd-project',
    pattern: /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/,
    expected: 'the name of an AppProject',
  },
  namespaces: {
    name: 'appdeploy.dev/argocd-namespaces',
    pattern: new RegExp(`^\\s*${dnsLabel}(\\s*,\\s*${dnsLabel})*\\s*$`),
    expected: 'names of namespaces with commas between them',
  },
  clusterResources: {
    name: 'appdeploy.dev/argocd-cluster-resources',
    pattern: /^(true|false)$/,
    expected: '"true" or "false"',
  },
  shard: { name: 'appdeploy.dev/argocd-shard', pattern: /^(0|[1-9]\d{0,8})$/, expected: 'a number from 0' },
};

/** Something wrong with a Cluster's metadata: the field, and what it must be. */
interface MetadataFinding {
  readonly field: FieldPath;
  readonly message: string;
}

/** What a Cluster's annotations say for its cluster Secret. */
export function clusterScope(annotations: Readonly<Record<string, string>>): ClusterScope {
  return Object.fromEntries(
    Object.entries(scopes).flatMap(([key, { name }]) => {
      const text = annotations[name];
      return text === undefined ? [] : [[key, text.replace(/\s/g, '')]];
    }),
  );
}

/** Annotations that Argo CD would misread. */
export function annotationFindings(annotations: Readonly<Record<string, string>>): MetadataFinding[] {
  const wrong = Object.values(scopes).flatMap(({ name, pattern, expected }) => {
    const text = annotations[name];
    if (text === undefined || pattern.test(text)) return [];
    return [{ field: ['metadata', 'annotations', name], message: `must be ${expected}` }];
  });
  const { namespaces, clusterResources } = clusterScope(annotations);
  const alone =
    clusterResources === undefined || namespaces !== undefined
      ? []
      : [
          {
            field: ['metadata', 'annotations', scopes.clusterResources.name],
            message: `says nothing without ${scopes.namespaces.name}`,
          },
        ];
  return [...wrong, ...alone];
}

/** Labels that Kubernetes would refuse, or that would make another kind of Secret. */
export function labelFindings(labels: Readonly<Record<string, string>>): MetadataFinding[] {
  return Object.entries(labels).flatMap(([name, value]) => {
    const field = ['metadata', 'labels', name];
    if (name === secretTypeLabel && value !== 'cluster') return [{ field, message: 'must be cluster, or left out' }];
    if (!/^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/.test(name))
      return [{ field, message: 'is not a name that a label may have' }];
    if (!/^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/.test(value))
      return [{ field, message: 'must be at most 63 letters, digits, -, _ or .' }];
    return [];
  });
}

/** Argo CD knows its Secrets by this label. */
export const secretTypeLabel = 'argocd.argoproj.io/secret-type';
