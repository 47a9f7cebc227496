import type { KubeObject } from '../model/manifest.ts';
import { digObject, digText, type PlainObject } from '../model/plain.ts';
import type { Emitted } from './emitted.ts';
import type { Rendering } from './context.ts';
import { isClusterScoped } from './kinds.ts';
import { type Rename, renameReferences } from './name-references.ts';

/** An emitted object with its final name, namespace and labels. */
export interface Identified extends Emitted {
  readonly object: KubeObject;
}

/**
 * Names and labels the objects of one component. Through an AppDeployment every name carries the
 * revision's suffix, and references among the component's objects follow.
 */
export function identify(emitted: readonly Emitted[], rendering: Rendering): Identified[] {
  const suffix = rendering.owner.kind === 'AppDeployment' ? `-v${rendering.revision.number}` : '';
  const named = emitted.map((each) => {
    const name = nameOf(each, rendering);
    return { each, name, object: withIdentity(each, `${name}${suffix}`, rendering) };
  });
  const keyOf = (kind: string, name: string, namespace: string | undefined): string =>
    `${kind} ${namespace ?? ''} ${name}`;
  const renamed = new Map(
    named.map(({ name, object }) => [keyOf(object.kind, name, object.metadata.namespace), object.metadata.name]),
  );
  return named.map(({ each, object }) => {
    const rename: Rename = (kind, name, namespace = object.metadata.namespace) =>
      renamed.get(keyOf(kind, name, namespace)) ?? renamed.get(keyOf(kind, name, undefined));
    return { ...each, object: suffix === '' ? object : renameReferences(object, rename) };
  });
}

/** What the template says; else the component's name, for other objects with the key in `outputs`. */
function nameOf({ object, resource }: Emitted, { component }: Rendering): string {
  const { name } = digObject(object, 'metadata');
  if (typeof name === 'string' && name !== '') return name;
  return resource === '' ? component.name : `${component.name}-${resource}`;
}

function withIdentity({ object, role, type, resource }: Emitted, name: string, rendering: Rendering): KubeObject {
  const metadata = digObject(object, 'metadata');
  const kind = String(object['kind']);
  const namespace = isClusterScoped(kind)
    ? {}
    : { namespace: digText(metadata, rendering.owner.namespace, 'namespace') };
  const labels = { ...digObject(metadata, 'labels'), ...ownLabels(rendering, role, type, resource) } as Record<
    string,
    string
  >;
  return {
    ...object,
    apiVersion: String(object['apiVersion']),
    kind,
    metadata: { ...present(metadata), name, ...namespace, labels },
  };
}

/** KubeVela's labels; its value wins over the template's. */
function ownLabels(
  { revision, component, owner }: Rendering,
  role: Emitted['role'],
  type: string,
  resource: string,
): Record<string, string> {
  return {
    'app.oam.dev/name': revision.application.name,
    'app.oam.dev/component': component.name,
    'app.oam.dev/appRevision': revision.name,
    ...(owner.kind === 'AppDeployment' ? { 'app.oam.dev/appDeployment': owner.name } : {}),
    'app.oam.dev/resourceType': role === 'workload' ? 'WORKLOAD' : 'TRAIT',
    ...(role === 'workload'
      ? { 'workload.oam.dev/type': typeLabel(type) }
      : { 'trait.oam.dev/type': typeLabel(type), 'trait.oam.dev/resource': resource }),
  };
}

/** A label's value cannot hold the `@` of `name@vN`. */
function typeLabel(type: string): string {
  return type.replace('@', '-');
}

/** Without what a template left empty (`annotations:` and nothing below). */
function present(metadata: PlainObject): PlainObject {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null));
}
