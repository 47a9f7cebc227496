import { type Catalog, type Declaration, qualifiedName } from '../model/catalog.ts';
import type { AppDeployment, Gateway } from '../model/kinds.gen.ts';
import type { KubeObject, Manifest } from '../model/manifest.ts';
import type { Origin } from '../model/origin.ts';
import { groupBy } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { isShared } from '../load/annotations.ts';
import { ownerOf } from '../render/render.ts';

/** A Gateway of the repo that an AppDeployment names, on a cluster that gets its VirtualService. */
export interface GatewayUse {
  readonly appDeployment: Declaration<AppDeployment>;
  readonly gateway: Declaration<Gateway>;
  readonly cluster: string;
  readonly origin: Origin;
}

/** The Gateways of the repo that an AppDeployment names; others are taken to be in the clusters. */
export function gatewayUses(
  appDeployment: Declaration<AppDeployment>,
  clusters: readonly string[],
  { gateways }: Catalog,
): GatewayUse[] {
  const named = appDeployment.object.spec.traffic?.gateways ?? [];
  return named.flatMap((reference, index) => {
    const key = reference.includes('/')
      ? reference
      : qualifiedName({ namespace: appDeployment.namespace, name: reference });
    const gateway = gateways.find((each) => qualifiedName(each) === key);
    if (gateway === undefined) return [];
    const origin = appDeployment.locate(['spec', 'traffic', 'gateways', index]);
    return clusters.map((cluster) => ({ appDeployment, gateway, cluster, origin }));
  });
}

/** One manifest for each Gateway and cluster; a Gateway of several AppDeployments must say so. */
export function renderGateways(uses: readonly GatewayUse[], version: string): Staged<Manifest[]> {
  const groups = [...groupBy(uses, ({ gateway, cluster }) => `${cluster} ${qualifiedName(gateway)}`).values()];
  const value = groups.flatMap(([first]) => (first === undefined ? [] : [gatewayManifest(first, version)]));
  return { value, problems: groups.flatMap(sharingProblems) };
}

function sharingProblems([first, ...others]: readonly GatewayUse[]): Problem[] {
  if (first === undefined || isShared(first.gateway)) return [];
  return others
    .filter(({ appDeployment }) => appDeployment !== first.appDeployment)
    .map(({ appDeployment, gateway, cluster, origin }) =>
      problem(
        'GATEWAY_NOT_SHARED',
        origin,
        `Gateway ${gateway.name} is used on ${cluster} by ${appDeployment.name} and by ${first.appDeployment.name}`,
        { related: [{ origin: gateway.origin, message: 'the Gateway' }] },
      ),
    );
}

function gatewayManifest({ appDeployment, gateway, cluster }: GatewayUse, version: string): Manifest {
  const { name, namespace, object: source, origin } = gateway;
  const { labels, annotations } = source.metadata;
  const metadata = {
    name,
    namespace,
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
  };
  const object: KubeObject = {
    apiVersion: `networking.istio.io/${version}`,
    kind: 'Gateway',
    metadata,
    spec: source.spec,
  };
  return {
    object,
    role: 'gateway',
    cluster,
    owner: ownerOf('AppDeployment', appDeployment),
    shared: isShared(gateway),
    origin,
  };
}
