import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { digText } from '../../src/model/plain.ts';
import type { ScratchRepo } from './scratch-repo.ts';

/**
 * Serves fixed objects as the host cluster's API would, and answers every update with a conflict: enough
 * to see what each problem says. What the real one does is tried in e2e/. Writes `hub.kubeconfig`.
 */
export function onHub(...objects: readonly object[]): (repo: ScratchRepo) => Promise<ScratchRepo> {
  return async (repo) => {
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://hub');
      const [, namespace, plural = '', name] = /\/namespaces\/([^/]+)\/([^/]+)(?:\/(.+))?$/.exec(pathname) ?? [];
      const [label = '', value = ''] = (searchParams.get('labelSelector') ?? '').split('=');
      const found = objects.filter(
        (object) =>
          `${digText(object, '', 'kind').toLowerCase()}s` === plural &&
          digText(object, '', 'metadata', 'namespace') === namespace &&
          (name === undefined || digText(object, '', 'metadata', 'name') === name) &&
          (label === '' || digText(object, '', 'metadata', 'labels', label) === value),
      );
      const isThere = request.method === 'GET' && (name === undefined || found.length > 0);
      const status = isThere ? 200 : request.method === 'GET' ? 404 : request.method === 'PUT' ? 409 : 201;
      response.writeHead(status).end(JSON.stringify(name === undefined ? { items: found } : (found[0] ?? {})));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    return repo.write({ 'hub.kubeconfig': JSON.stringify(kubeconfigOf(`http://127.0.0.1:${port}`)) });
  };
}

function kubeconfigOf(server: string): object {
  return {
    clusters: [{ name: 'hub', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'me', user: {} }],
    contexts: [{ name: 'hub', context: { cluster: 'hub', user: 'me' } }],
    'current-context': 'hub',
  };
}

/** A Cluster of the host cluster that names its kubeconfig. */
export function hubCluster(name: string): object {
  return {
    apiVersion: 'core.oam.dev/v1beta1',
    kind: 'Cluster',
    metadata: { name, namespace: 'default' },
    spec: { kubeconfigSecretRef: { name: `kubeconfig-${name}` } },
  };
}

/** A Secret of the host cluster; `owner` makes it that Cluster's. */
export function hubSecret(
  name: string,
  data: Readonly<Record<string, string>>,
  { namespace = 'argocd', owner }: { readonly namespace?: string; readonly owner?: string } = {},
): object {
  const owned =
    owner === undefined
      ? {}
      : {
          labels: { 'app.kubernetes.io/managed-by': 'appdeploy', 'argocd.argoproj.io/secret-type': 'cluster' },
          annotations: { 'appdeploy.dev/cluster': owner },
        };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, uid: '1', resourceVersion: '1', ...owned },
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
  };
}

/** An Application of Argo CD. */
export function hubApplication(name: string, destination: object): object {
  return { kind: 'Application', metadata: { name, namespace: 'argocd' }, spec: { destination } };
}
