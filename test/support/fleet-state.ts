import { diffReport, type DiffOptions, type DiffReport } from '../../src/diff/report.ts';
import { emptyState, type FleetObject } from '../../src/diff/state.ts';
import type { KubeObject } from '../../src/model/manifest.ts';

/** An object of an owner on a cluster; `default/shop` on `c1` unless said otherwise. */
export function placed(
  object: Omit<KubeObject, 'metadata'> & { readonly metadata?: Partial<KubeObject['metadata']> },
  { cluster = 'c1', owner = 'default/shop' }: Partial<Pick<FleetObject, 'cluster' | 'owner'>> = {},
): FleetObject {
  const metadata = { name: 'it', namespace: 'default', ...object.metadata };
  return { cluster, owner, object: { ...object, metadata } as KubeObject };
}

/** The report on two lists of objects. */
export function reportOn(
  before: readonly FleetObject[],
  after: readonly FleetObject[],
  options?: DiffOptions,
): DiffReport {
  const side = (name: string, objects: readonly FleetObject[]): Parameters<typeof diffReport>[0] => ({
    label: { name },
    state: { ...emptyState, objects },
  });
  return diffReport(side('before', before), side('after', after), options);
}

/** A Deployment of a revision, as a component gives it. */
export function deployment(revision: string, spec: object = {}, image = 'nginx'): Parameters<typeof placed>[0] {
  const labels = { 'app.oam.dev/resourceType': 'WORKLOAD', 'app.oam.dev/appRevision': revision };
  const template = { spec: { containers: [{ name: 'web', image }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `web-${revision}`, labels },
    spec: { template, ...spec },
  };
}

/** A VirtualService whose rules give revisions weights, with the Services that it leads to. */
export function routes(...rules: readonly Readonly<Record<string, number>>[]): Parameters<typeof placed>[0][] {
  const revisions = [...new Set(rules.flatMap((rule) => Object.keys(rule)))];
  const http = rules.map((rule, index) => ({
    ...(index === rules.length - 1 ? {} : { match: [{ uri: { prefix: `/${index}` } }] }),
    route: Object.entries(rule).map(([host, weight]) => ({ destination: { host }, weight })),
  }));
  return [
    { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', spec: { http } },
    ...revisions.map((name) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { selector: { 'app.oam.dev/appRevision': name } },
    })),
  ];
}
