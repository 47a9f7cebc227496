import type { KubeObject } from '../model/manifest.ts';
import { digObject, digText } from '../model/plain.ts';
import type { Emitted } from './component.ts';
import type { Rendering } from './context.ts';
import { isClusterScoped } from './kinds.ts';
import { renameReferences } from './name-references.ts';

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
  const plainNames = emitted.map((each) => nameOf(each, rendering));
  const renamed = new Map(
    emitted.map(({ object }, index) => [
      `${String(object['kind'])} ${plainNames[index] ?? ''}`,
      `${plainNames[index] ?? ''}${suffix}`,
    ]),
  );
  return emitted.map((each, index) => {
    const object = withIdentity(each, `${plainNames[index] ?? ''}${suffix}`, rendering);
    return {
      ...each,
      object: suffix === '' ? object : renameReferences(object, (kind, name) => renamed.get(`${kind} ${name}`)),
    };
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
    metadata: { ...metadata, name, ...namespace, labels },
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
      ? { 'workload.oam.dev/type': type }
      : { 'trait.oam.dev/type': type, 'trait.oam.dev/resource': resource }),
  };
}
