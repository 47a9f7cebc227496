import type { KubeObject, Manifest } from '../model/manifest.ts';
import type { Owner } from '../model/placement.ts';
import { dig, digList, groupBy } from '../model/plain.ts';
import { isAutoscaler } from '../render/kinds.ts';

/** Argo CD's annotation; an object without it is in wave 0. */
export const waveAnnotation = 'argocd.argoproj.io/sync-wave';

/**
 * Puts manifests into Argo CD's sync waves: 0 what serves, 1 what routes to it, 2 revisions without
 * weight, 3 objects whose health may lag. A function of the manifests alone: no direction of a
 * rollout is guessed. An object whose template names a wave keeps it.
 */
export function withWaves(manifests: readonly Manifest[]): Manifest[] {
  const groups = groupBy(manifests, ({ owner, cluster }) => keyOf(owner, cluster));
  // What clusters share, they share in its wave too.
  const waved = new WeakMap<KubeObject, Map<number, KubeObject>>();
  const weighted = new Map([...groups].map(([key, own]) => [key, weightedRevisions(own)]));
  return manifests.map((manifest) => {
    const wave = waveOf(manifest, weighted.get(keyOf(manifest.owner, manifest.cluster)));
    return wave === 0 ? manifest : { ...manifest, object: sharedInWave(waved, manifest.object, wave) };
  });
}

function keyOf({ namespace, name, kind }: Owner, cluster: string): string {
  return `${kind} ${namespace}/${name} ${cluster}`;
}

/** The revisions that have traffic on a cluster; undefined where there is no traffic. */
function weightedRevisions(manifests: readonly Manifest[]): ReadonlySet<string> | undefined {
  const routes = manifests
    .filter(({ role }) => role === 'virtualService')
    .flatMap(({ object }) => digList(object, 'spec', 'http'))
    .flatMap((rule) => digList(rule, 'route'));
  if (routes.length === 0) return undefined;
  const hosts = new Set(
    routes.filter((route) => Number(dig(route, 'weight') ?? 0) > 0).map((route) => dig(route, 'destination', 'host')),
  );
  const services = manifests.filter(({ role, object }) => role === 'service' && hosts.has(object.metadata.name));
  return new Set(services.map(({ object }) => String(dig(object, 'spec', 'selector', 'app.oam.dev/appRevision'))));
}

function waveOf({ object, role, instance }: Manifest, weighted: ReadonlySet<string> | undefined): number {
  if (role === 'service') return 0;
  if (role === 'virtualService' || role === 'gateway') return 1;
  if (lags(object)) return 3;
  const hasWeight = weighted === undefined || instance === undefined || weighted.has(instance.revision.name);
  return hasWeight ? 0 : 2;
}

/** Objects that become healthy only through something else: a controller, metrics, a cloud. */
function lags(object: KubeObject): boolean {
  const isBalanced = object.kind === 'Service' && dig(object, 'spec', 'type') === 'LoadBalancer';
  return object.kind === 'Ingress' || isAutoscaler(object.kind) || isBalanced;
}

function sharedInWave(
  known: WeakMap<KubeObject, Map<number, KubeObject>>,
  object: KubeObject,
  wave: number,
): KubeObject {
  const waves = known.get(object) ?? new Map<number, KubeObject>();
  known.set(object, waves);
  const made = waves.get(wave) ?? inWave(object, wave);
  waves.set(wave, made);
  return made;
}

function inWave(object: KubeObject, wave: number): KubeObject {
  const { annotations = {} } = object.metadata;
  if (Object.hasOwn(annotations, waveAnnotation)) return object;
  return {
    ...object,
    metadata: { ...object.metadata, annotations: { ...annotations, [waveAnnotation]: String(wave) } },
  };
}
