import type { Resource } from './failure.ts';

/** Clusters (deploy/cluster-sync/crd.yaml). */
export const clusterResource: Resource = { group: 'core.oam.dev', version: 'v1beta1', plural: 'clusters' };
/** Applications of Argo CD (manifests/crds/application-crd.yaml). */
export const applicationResource: Resource = { group: 'argoproj.io', version: 'v1alpha1', plural: 'applications' };
/** Secrets. */
export const secretResource: Resource = { group: '', version: 'v1', plural: 'secrets' };
/** Events of the core group. */
export const eventResource: Resource = { group: '', version: 'v1', plural: 'events' };
