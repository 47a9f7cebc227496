import type { AutoscalerSettings } from '../model/catalog.ts';
import type { KubeObject, Manifest } from '../model/manifest.ts';
import type { Owner } from '../model/placement.ts';
import { dig, digList, groupBy } from '../model/plain.ts';
import { isAutoscaler, scales } from '../render/autoscalers.ts';

/** Argo CD's annotation; an object without it is in wave 0. */
export const waveAnnotation = 'argocd.argoproj.io/sync-wave';

/** What no other wave waits for. */
const lastWave = 3;

/**
 * Puts manifests into Argo CD's sync waves: 0 what serves, 1 what routes to it, 2 revisions without
 * weight, 3 objects whose health may lag. The autoscaler of what has weight goes with it, so that its
 * floor is there before the routes, unless `beforeRoutes` is off. A function of the manifests alone: no
 * direction of a rollout is guessed. An object whose template names a wave keeps it.
 */
export function withWaves(
  manifests: readonly Manifest[],
  { beforeRoutes }: Pick<AutoscalerSettings, 'beforeRoutes'>,
): Manifest[] {
  const groups = groupBy(manifests, ({ owner, cluster }) => keyOf(owner, cluster));
  // What clusters share, they share in its wave too.
  const waved = new WeakMap<KubeObject, Map<number, KubeObject>>();
  const weighted = new Map([...groups].map(([key, own]) => [key, weightedRevisions(own)]));
  return manifests.map((manifest) => {
    const key = keyOf(manifest.owner, manifest.cluster);
    const scaled = beforeRoutes ? scaledBy(manifest.object, groups.get(key) ?? []) : undefined;
    const wave = scaled === undefined ? waveOf(manifest, weighted.get(key)) : scalerWave(scaled, weighted.get(key));
    return wave === 0 ? manifest : { ...manifest, object: sharedInWave(waved, manifest.object, wave) };
  });
}

/** What an autoscaler scales; undefined for other objects, and where it is not here. */
function scaledBy(object: KubeObject, neighbours: readonly Manifest[]): Manifest | undefined {
  return isAutoscaler(object) ? neighbours.find((each) => scales(object, each.object)) : undefined;
}

/** With the workload, where routes wait for it or its template names a wave; last, where nothing waits. */
function scalerWave(workload: Manifest, weighted: ReadonlySet<string> | undefined): number {
  const named = Number(workload.object.metadata.annotations?.[waveAnnotation]);
  if (Number.isInteger(named)) return named;
  return waveOf(workload, weighted) === 0 ? 0 : lastWave;
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
  if (lags(object)) return lastWave;
  const hasWeight = weighted === undefined || instance === undefined || weighted.has(instance.revision.name);
  return hasWeight ? 0 : 2;
}

/** Objects that become healthy only through something else: a controller, metrics, a cloud. */
function lags(object: KubeObject): boolean {
  const isBalanced = object.kind === 'Service' && dig(object, 'spec', 'type') === 'LoadBalancer';
  return object.kind === 'Ingress' || isAutoscaler(object) || isBalanced;
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
