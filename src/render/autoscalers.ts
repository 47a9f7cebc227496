import type { KubeObject } from '../model/manifest.ts';
import { dig, digObject, digText } from '../model/plain.ts';

/** The fields between whose values an autoscaler decides, with what is taken where they are not there. */
interface Bounds {
  readonly least: string;
  readonly leastByDefault: number;
  readonly most: string;
  /** undefined where the field is required. */
  readonly mostByDefault?: number;
}

/** HorizontalPodAutoscaler, autoscaling/v2. */
const ofHpa: Bounds = { least: 'minReplicas', leastByDefault: 1, most: 'maxReplicas' };

/** ScaledObject, https://keda.sh/docs/latest/reference/scaledobject-spec/ */
const ofKeda: Bounds = { least: 'minReplicaCount', leastByDefault: 0, most: 'maxReplicaCount', mostByDefault: 100 };

const boundsByKind: ReadonlyMap<string, Bounds> = new Map([
  ['HorizontalPodAutoscaler', ofHpa],
  ['ScaledObject', ofKeda],
]);

/** Whether an object decides the replicas of another: it has a `scaleTargetRef`, whatever its kind. */
export function isAutoscaler(object: KubeObject): boolean {
  return dig(object, 'spec', 'scaleTargetRef', 'name') !== undefined;
}

/** Whether an object decides the replicas of a workload. */
export function scales(scaler: KubeObject, workload: KubeObject): boolean {
  return isAutoscaler(scaler) && targetKey(scaler) === scaledKey(workload);
}

/** The key of what an autoscaler scales on its cluster; without a kind, that is a Deployment, as in KEDA. */
export function targetKey(scaler: KubeObject): string {
  const target = dig(scaler, 'spec', 'scaleTargetRef');
  return keyOf(scaler, digText(target, 'Deployment', 'kind'), digText(target, '', 'name'));
}

/** The key of an object on its cluster, as an autoscaler names it. */
export function scaledKey(object: KubeObject): string {
  return keyOf(object, object.kind, object.metadata.name);
}

function keyOf({ metadata: { namespace = '' } }: KubeObject, kind: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}

/** The fewest replicas that an autoscaler keeps; undefined for a kind whose bounds are not known. */
export function leastOf(scaler: KubeObject): number | undefined {
  const bounds = boundsOf(scaler);
  return bounds && (countAt(scaler, bounds.least) ?? bounds.leastByDefault);
}

/** The most replicas that an autoscaler allows; undefined where it does not say. */
export function mostOf(scaler: KubeObject): { readonly field: string; readonly count: number } | undefined {
  const bounds = boundsOf(scaler);
  if (bounds === undefined) return undefined;
  const count = countAt(scaler, bounds.most) ?? bounds.mostByDefault;
  return count === undefined ? undefined : { field: bounds.most, count };
}

/** The autoscaler with a count as its floor, where it keeps fewer by itself; of unknown bounds, as it is. */
export function withFloor(scaler: KubeObject, count: number): KubeObject {
  const bounds = boundsOf(scaler);
  if (bounds === undefined || (leastOf(scaler) ?? 0) >= count) return scaler;
  return { ...scaler, spec: { ...digObject(scaler, 'spec'), [bounds.least]: count } };
}

/** Whether a field of an autoscaler's spec is the floor of what it decides. */
export function isFloor(field: unknown): boolean {
  return field === ofHpa.least || field === ofKeda.least;
}

/** A kind that is not known is taken to have the fields whose names it uses. */
function boundsOf({ kind, ...object }: KubeObject): Bounds | undefined {
  const known = boundsByKind.get(kind);
  if (known !== undefined) return known;
  const spec = digObject(object, 'spec');
  return [ofHpa, ofKeda].find(({ least, most }) => Object.hasOwn(spec, least) || Object.hasOwn(spec, most));
}

function countAt(scaler: KubeObject, field: string): number | undefined {
  const count = dig(scaler, 'spec', field);
  return typeof count === 'number' ? count : undefined;
}
