import type { Declaration } from '../model/catalog.ts';
import type { AppDeployment } from '../model/kinds.gen.ts';
import type { KubeObject, Manifest } from '../model/manifest.ts';
import { ownerOf } from '../render/render.ts';
import type { RouteRule } from './rules.ts';
import { serviceName } from './services.ts';
import type { Serving } from './serving.ts';

/** The VirtualService of one cluster, named after the AppDeployment (Istio, networking.istio.io). */
export function virtualService(
  appDeployment: Declaration<AppDeployment>,
  { cluster, rules }: Serving,
  version: string,
): Manifest {
  const { name, namespace, object: source, locate } = appDeployment;
  const { hosts = [], gateways } = source.spec.traffic ?? {};
  const object: KubeObject = {
    apiVersion: `networking.istio.io/${version}`,
    kind: 'VirtualService',
    metadata: { name, namespace, labels: { 'app.oam.dev/appDeployment': name } },
    spec: { hosts, ...(gateways === undefined ? {} : { gateways }), http: rules.map(httpRoute) },
  };
  return {
    object,
    role: 'virtualService',
    cluster,
    owner: ownerOf('AppDeployment', appDeployment),
    shared: false,
    origin: locate(['spec', 'traffic'], 'key'),
  };
}

/** Istio's HTTPRoute: the rule's own fields pass through, the targets become destinations. */
function httpRoute({ source, targets }: RouteRule): object {
  const { weightedTargets: _replaced, ...passed } = source;
  return {
    ...passed,
    route: targets.map((target) => ({
      destination: { host: serviceName(target), port: { number: target.port } },
      weight: target.weight,
    })),
  };
}
