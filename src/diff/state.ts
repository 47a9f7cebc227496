import type { KubeObject } from '../model/manifest.ts';
import type { Origin } from '../model/origin.ts';
import { groupBy } from '../model/plain.ts';
import type { RuleShares } from '../route/shares.ts';
import { routedShares } from '../route/shares.ts';

/** The owner of Argo CD's own objects; every other owner is `namespace/name`. */
export const argocdOwner = 'argocd';

/** One object on one cluster. */
export interface FleetObject {
  readonly cluster: string;
  /** The AppDeployment or direct Application that it is there for, `namespace/name`. */
  readonly owner: string;
  readonly object: KubeObject;
  /** What in the input gives it; unknown where the committed output was read. */
  readonly origin?: Origin;
}

/** A revision as one side has it. */
export interface RevisionState {
  /** `namespace/name` of the Application. */
  readonly application: string;
  readonly name: string;
  readonly hash: string;
  readonly isPublished: boolean;
  /** The definitions that it pins, by `kind name`, each as canonical JSON. */
  readonly pins: ReadonlyMap<string, string>;
}

/** A definition of the repo as one side has it. */
export interface DefinitionState {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Its spec as canonical JSON. */
  readonly spec: string;
  readonly origin: Origin;
}

/** What one side of a comparison deploys, and what that was made from. */
export interface FleetState {
  readonly objects: readonly FleetObject[];
  readonly revisions: readonly RevisionState[];
  /** Empty where the committed output was read. */
  readonly definitions: readonly DefinitionState[];
}

/** The state of nothing: before the first commit. */
export const emptyState: FleetState = { objects: [], revisions: [], definitions: [] };

/** What of the fleet is compared; an empty list means everything. */
export interface Scope {
  readonly clusters: readonly string[];
  /** Owners, as `namespace/name` or as name. */
  readonly owners: readonly string[];
}

/** The part of a state that a scope selects; revisions and definitions belong to no cluster, and stay. */
export function within(state: FleetState, { clusters, owners }: Scope): FleetState {
  const objects = state.objects.filter(
    ({ cluster, owner }) =>
      (clusters.length === 0 || clusters.includes(cluster)) &&
      (owners.length === 0 || owners.some((wanted) => isNamed(owner, wanted))),
  );
  return { ...state, objects };
}

/** Whether an owner is meant by a name or by `namespace/name`. */
export function isNamed(owner: string, wanted: string): boolean {
  return owner === wanted || owner.endsWith(`/${wanted}`);
}

/** How every owner splits its traffic on every cluster, by the key of owner and cluster. */
export function sharesOf({ objects }: FleetState): ReadonlyMap<string, RuleShares[]> {
  const groups = groupBy(objects, ({ owner, cluster }) => siteKey(owner, cluster));
  return new Map([...groups].map(([key, own]) => [key, routedShares(own.map(({ object }) => object))]));
}

/** What in the input gives an owner's routes on a cluster. */
export function routesOrigin({ objects }: FleetState, owner: string, cluster: string): Origin | undefined {
  return objects.find(
    (each) => each.object.kind === 'VirtualService' && each.owner === owner && each.cluster === cluster,
  )?.origin;
}

/** The key of an owner on a cluster; neither name holds a space. */
export function siteKey(owner: string, cluster: string): string {
  return `${owner} ${cluster}`;
}
