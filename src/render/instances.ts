import type { Manifest } from '../model/manifest.ts';
import { originText } from '../model/origin.ts';
import type { Target } from '../model/placement.ts';
import type { Staged } from '../model/problem.ts';
import type { Revision } from '../model/revision.ts';
import { readsCluster, usedDefinitions } from './cluster-use.ts';
import { renderComponent } from './component.ts';
import type { Rendering } from './context.ts';
import { keepData } from './data.ts';
import { identify, type Identified } from './identity.ts';
import { type PlacedReplicas, scale } from './replicas.ts';

/**
 * Renders one component on one cluster; `placed` is undefined where its template decides the replicas. Clusters
 * that its templates cannot tell apart get the same objects, rendered once.
 */
export type InstanceRenderer = (rendering: Rendering, placed: PlacedReplicas | undefined) => Staged<Manifest[]>;

/** A renderer that remembers what it has rendered, for as long as it is kept. */
export function instanceRenderer(): InstanceRenderer {
  const known = new WeakMap<Revision, Map<string, Staged<Identified[]>>>();
  const remember = (revision: Revision, key: string, make: () => Staged<Identified[]>): Staged<Identified[]> => {
    const own = known.get(revision) ?? new Map<string, Staged<Identified[]>>();
    known.set(revision, own);
    const made = own.get(key) ?? make();
    own.set(key, made);
    return made;
  };
  return (rendering, placed) => {
    const { revision } = rendering;
    const key = keyOf(rendering);
    const written = remember(revision, key, () => writtenOf(rendering));
    const place = placed === undefined ? '' : `${placed.replicas} ${originText(placed.origin)}`;
    const scaled = remember(revision, `${key} ${place}`, () => scaledBy(written, rendering, placed));
    return { value: manifestsOf(scaled.value, rendering, placed?.replicas), problems: scaled.problems };
  };
}

/** What tells one rendering of a revision from another. */
function keyOf({ revision, component, index, owner, cluster }: Rendering): string {
  const isAlike = !usedDefinitions(revision, component).some(readsCluster);
  return `${index} ${owner.kind} ${owner.namespace}/${owner.name} ${isAlike ? '' : identityOf(cluster)}`;
}

function identityOf({ name, labels, version }: Target): string {
  return JSON.stringify([name, labels, version]);
}

/** The objects of the component with their names, before the placement says how many pods there are. */
function writtenOf(rendering: Rendering): Staged<Identified[]> {
  const emitted = renderComponent(rendering);
  if (emitted.problems.length > 0) return { value: [], problems: emitted.problems };
  return { value: identify(emitted.value, rendering), problems: [] };
}

function scaledBy(
  written: Staged<Identified[]>,
  rendering: Rendering,
  placed: PlacedReplicas | undefined,
): Staged<Identified[]> {
  if (written.problems.length > 0) return written;
  const scaled = placed === undefined ? written : scale(written.value, placed, rendering);
  if (rendering.owner.kind !== 'AppDeployment') return scaled;
  const kept = keepData(scaled.value);
  return { value: kept.value, problems: [...scaled.problems, ...kept.problems] };
}

function manifestsOf(
  objects: readonly Identified[],
  { revision, component, cluster, owner }: Rendering,
  replicas: number | undefined,
): Manifest[] {
  const instance = { revision, component: component.name, replicas };
  return objects.map(({ object, role, origin }) => ({
    object,
    role,
    origin,
    owner,
    cluster: cluster.name,
    shared: false,
    instance,
  }));
}
