import { qualifiedName } from '../model/catalog.ts';
import type { KubeObject } from '../model/manifest.ts';
import { hostCluster } from '../model/placement.ts';
import { canonicalJson } from '../model/plain.ts';
import type { PinnedDefinition, Revision } from '../model/revision.ts';
import { isBuiltIn } from '../load/cross-file-rules.ts';
import { parseFile } from '../load/parse.ts';
import type { Plan } from '../plan.ts';
import { argocdOwner, type DefinitionState, type FleetObject, type FleetState, type RevisionState } from './state.ts';

/** What a plan deploys: the objects that it would write. */
export function stateOfPlan({ manifests, output, settings, revisions, catalog }: Plan): FleetState {
  const placed = manifests.map(({ object, cluster, owner, shared, origin }): FleetObject => {
    const name = shared ? '_shared' : owner.name;
    const namespace = shared ? (object.metadata.namespace ?? owner.namespace) : owner.namespace;
    return { cluster, owner: `${namespace}/${name}`, object, origin };
  });
  return {
    objects: [...placed, ...argocdObjects(output, settings.output)],
    revisions: revisions.map(revisionState),
    definitions: catalog.definitions
      .filter(({ origin }) => !isBuiltIn(origin.path))
      .map(({ object, namespace, name, origin }): DefinitionState => ({
        kind: object.kind,
        namespace,
        name,
        spec: canonicalJson(object.spec),
        origin,
      })),
  };
}

/** A revision with the definitions that it pins. */
export function revisionState({ application, name, hash, state, definitions }: Revision): RevisionState {
  const pins = [...definitions.components.values(), ...definitions.traits.values()];
  return {
    application: qualifiedName(application),
    name,
    hash,
    isPublished: state === 'published',
    pins: new Map(
      pins.map(({ object }: PinnedDefinition) => [
        pinKey(object.kind, object.metadata.name),
        canonicalJson(object.spec),
      ]),
    ),
  };
}

/** How a revision knows a definition: by kind and name. */
export function pinKey(kind: string, name: string): string {
  return `${kind} ${name}`;
}

/** Argo CD's Applications and AppProject among output files; they live on the host cluster. */
export function argocdObjects(files: Iterable<readonly [string, string]>, output: string): FleetObject[] {
  return [...files]
    .filter(([path]) => path.startsWith(`${output}/argocd/`) && !path.endsWith('/kustomization.yaml'))
    .flatMap(([path, text]) => objectsIn(path, text))
    .map((object) => ({ cluster: hostCluster, owner: argocdOwner, object }));
}

/** The Kubernetes objects in the text of a file; whatever else it holds is left out. */
export function objectsIn(path: string, text: string): KubeObject[] {
  return parseFile({ path, text }, false).value.flatMap(({ value }) => (isKubeObject(value) ? [value] : []));
}

function isKubeObject(value: unknown): value is KubeObject {
  const { apiVersion, kind, metadata } = (value ?? {}) as Partial<KubeObject>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata?.name === 'string';
}
