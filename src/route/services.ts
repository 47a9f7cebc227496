import { type Catalog, type Declaration, qualifiedName } from '../model/catalog.ts';
import type { AppDeployment } from '../model/kinds.gen.ts';
import type { KubeObject, Manifest } from '../model/manifest.ts';
import { parseRevisionName } from '../model/revision.ts';
import { ownerOf } from '../render/render.ts';
import type { RouteTarget } from './rules.ts';
import type { Serving } from './serving.ts';

/** The name of the Service of a target: `<revision>-<component>-<port>`, as in KubeVela. */
export function serviceName({
  revisionName,
  componentName,
  port,
}: Pick<RouteTarget, 'revisionName' | 'componentName' | 'port'>): string {
  return `${revisionName}-${componentName}-${port}`;
}

/** One Service for each revision, component and port that a cluster routes to. */
export function targetServices(appDeployment: Declaration<AppDeployment>, { cluster, rules }: Serving): Manifest[] {
  const targets = new Map(rules.flatMap((rule) => rule.targets).map((target) => [serviceName(target), target]));
  return [...targets].map(([name, target]) => {
    const { revisionName, componentName, port } = target;
    const identity = { 'app.oam.dev/component': componentName, 'app.oam.dev/appRevision': revisionName };
    const labels = { 'app.oam.dev/name': parseRevisionName(revisionName)?.application ?? '', ...identity };
    const ports = [{ name: 'http', appProtocol: 'http', protocol: 'TCP', port, targetPort: port }];
    return service(
      appDeployment,
      cluster,
      { name, labels, spec: { selector: identity, ports } },
      appDeployment.locate(target.field),
    );
  });
}

/**
 * Services for hosts inside the mesh: a short or `.svc` name of the AppDeployment's namespace that
 * neither the repo nor a component gives one. It selects the default route's component.
 */
export function hostServices(
  appDeployment: Declaration<AppDeployment>,
  { cluster, rules }: Serving,
  catalog: Catalog,
  manifests: readonly Manifest[],
): Manifest[] {
  const { hosts = [], gateways = [] } = appDeployment.object.spec.traffic ?? {};
  if (gateways.length > 0 && !gateways.includes('mesh')) return [];
  const fallback = rules.find(({ source }) => source.match === undefined) ?? rules.at(-1);
  const selector = { 'app.oam.dev/component': fallback?.targets[0]?.componentName ?? '' };
  const ports = [...new Set(rules.flatMap(({ targets }) => targets.map(({ port }) => port)))].toSorted((a, b) => a - b);
  return hosts.flatMap((host, index) => {
    const name = localName(host, appDeployment.namespace);
    const isFirst = hosts.findIndex((each) => localName(each, appDeployment.namespace) === name) === index;
    if (name === undefined || !isFirst || hasService(name, appDeployment, cluster, catalog, manifests)) return [];
    const spec = {
      selector,
      ports: ports.map((port) => ({
        name: `http-${port}`,
        appProtocol: 'http',
        protocol: 'TCP',
        port,
        targetPort: port,
      })),
    };
    return [
      service(
        appDeployment,
        cluster,
        { name, labels: selector, spec },
        appDeployment.locate(['spec', 'traffic', 'hosts', index]),
      ),
    ];
  });
}

/** The Service name that a mesh host means in a namespace; undefined for any other host. */
export function localName(host: string, namespace: string): string | undefined {
  const [name, ...rest] = host.split('.');
  if (name === undefined || name.includes('*')) return undefined;
  const isLocal = rest.length === 0 || (rest[0] === namespace && rest[1] === 'svc');
  return isLocal ? name : undefined;
}

function hasService(
  name: string,
  { namespace }: Declaration<AppDeployment>,
  cluster: string,
  { services }: Catalog,
  manifests: readonly Manifest[],
): boolean {
  const key = qualifiedName({ namespace, name });
  const rendered = manifests.some(
    ({ object, cluster: on }) =>
      on === cluster &&
      object.kind === 'Service' &&
      object.metadata.name === name &&
      object.metadata.namespace === namespace,
  );
  return rendered || services.some((each) => qualifiedName(each) === key);
}

interface ServiceParts {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: object;
}

function service(
  appDeployment: Declaration<AppDeployment>,
  cluster: string,
  { name, labels, spec }: ServiceParts,
  origin: Manifest['origin'],
): Manifest {
  const metadata = {
    name,
    namespace: appDeployment.namespace,
    labels: { ...labels, 'app.oam.dev/appDeployment': appDeployment.name },
  };
  const object: KubeObject = { apiVersion: 'v1', kind: 'Service', metadata, spec };
  return { object, role: 'service', cluster, owner: ownerOf('AppDeployment', appDeployment), shared: false, origin };
}
