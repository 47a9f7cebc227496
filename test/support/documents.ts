import { stringify } from 'yaml';

/** Builders of the documents that users write; each gives YAML text. */

interface Meta {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

function document(kind: string, name: string, meta: Meta, spec: unknown, apiVersion = 'core.oam.dev/v1beta1'): string {
  return `---\n${stringify({ apiVersion, kind, metadata: { name, ...meta }, spec }, { lineWidth: 0 })}`;
}

/** One component of an Application. */
export interface ComponentInput {
  readonly name: string;
  readonly type?: string;
  readonly properties?: object;
  readonly traits?: readonly object[];
}

/** An Application that deploys nothing by itself, unless `direct`. Default: one webservice `web` on nginx. */
export function application(
  name: string,
  components: readonly ComponentInput[] = [{ name: 'web' }],
  { direct = false, ...meta }: Meta & { readonly direct?: boolean } = {},
): string {
  const annotations = direct ? meta.annotations : { 'app.oam.dev/revision-only': 'true', ...meta.annotations };
  const spec = {
    components: components.map(({ type = 'webservice', properties = { image: 'nginx' }, ...rest }) => ({
      type,
      properties,
      ...rest,
    })),
  };
  return document('Application', name, { ...meta, ...(annotations === undefined ? {} : { annotations }) }, spec);
}

/** An AppDeployment; `revisions` maps revision names to placement lists. */
export function appDeployment(
  name: string,
  revisions: Readonly<Record<string, readonly object[]>>,
  { traffic, ...meta }: Meta & { readonly traffic?: object } = {},
): string {
  const appRevisions = Object.entries(revisions).map(([revisionName, placement]) => ({ revisionName, placement }));
  return document('AppDeployment', name, meta, { ...(traffic === undefined ? {} : { traffic }), appRevisions });
}

/** A placement: replicas on the host cluster, or where the selector says. */
export function on(selector: string | object | undefined, replicas: number, distribution: object = {}): object {
  const clusterSelector = typeof selector === 'string' ? { name: selector } : selector;
  return { ...(clusterSelector === undefined ? {} : { clusterSelector }), distribution: { replicas, ...distribution } };
}

/** A Cluster with labels. */
export function cluster(name: string, labels: Readonly<Record<string, string>> = {}, meta: Meta = {}): string {
  return document('Cluster', name, { labels, ...meta }, { kubeconfigSecretRef: { name: `kubeconfig-${name}` } });
}

/** An Istio Gateway on the default ingress gateway. */
export function gateway(name: string, meta: Meta = {}): string {
  const server = { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] };
  return document(
    'Gateway',
    name,
    meta,
    { selector: { istio: 'ingressgateway' }, servers: [server] },
    'networking.istio.io/v1',
  );
}

/** A Handlebars definition. */
export function definition(
  kind: 'ComponentDefinition' | 'TraitDefinition',
  name: string,
  template: string,
  extra: object = {},
  meta: Meta = {},
): string {
  return document(kind, name, meta, { schematic: { handlebars: { template, ...extra } } });
}

/** A weighted target of a rule; port 80 of component web unless said otherwise. */
export function target(
  revisionName: string,
  weight?: number,
  { componentName = 'web', port = 80 }: { readonly componentName?: string; readonly port?: number } = {},
): object {
  return { revisionName, componentName, port, ...(weight === undefined ? {} : { weight }) };
}
