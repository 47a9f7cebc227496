import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dig, digList, digText } from '../../src/model/plain.ts';
import { type Files, ScratchRepo } from '../../test/support/scratch-repo.ts';
import { allSynced, conditionsOf, refreshAll } from './applications.ts';
import { startArgoCd } from './argocd.ts';
import { type Controller, startControllers } from './controllers.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';

/** A config repo, the cluster that Argo CD runs in and deploys to as `in-cluster`, and a second one, `east`. */
export interface Delivery {
  readonly repo: ScratchRepo;
  readonly host: ControlPlane;
  readonly east: ControlPlane;
  /** Runs the program in the repo, and applies what it prints to the host cluster. */
  readonly apply: (...argv: readonly string[]) => Promise<void>;
  /** Converts the kubeconfig of east, and applies the Secret. */
  readonly introduceEast: () => Promise<void>;
  /** Writes files, renders unless told not to, commits, and lets every Application look at the repo. */
  readonly push: (files: Files, options?: { readonly render?: boolean }) => Promise<void>;
  /** Lets Argo CD look at the repo at once, as its webhook does. */
  readonly refresh: () => Promise<void>;
  /** Waits until every Application is in sync with the last commit, and healthy. */
  readonly settled: () => Promise<void>;
  /** The conditions of the Application that deploys to a cluster, as Argo CD shows them. */
  readonly conditions: (cluster: string) => string;
  readonly stop: () => Promise<void>;
}

/** Starts the clusters, with further controllers if a test needs them, and Argo CD; some seconds. */
export async function startDelivery(others: readonly Controller[] = []): Promise<Delivery> {
  const root = mkdtempSync(join(tmpdir(), 'appdeploy-e2e-repo-'));
  const repo = new ScratchRepo({ at: root });
  repo.git('init', '--quiet', '--initial-branch=main', '--template=');
  const [host, east] = await Promise.all([startControlPlane(), startControlPlane()]);
  for (const each of [host, east]) apply(each, JSON.stringify(virtualServices));
  const controllers = await Promise.all([startControllers(host, others), startControllers(east, others)]);
  const argocd = await startArgoCd(host);
  const refresh = (): Promise<void> => refreshAll(host);
  return {
    repo,
    host,
    east,
    refresh,
    apply: async (...argv) => apply(host, await printed(repo, argv)),
    introduceEast: async () => apply(host, await clusterSecret(repo, east)),
    push: async (files, { render = true } = {}) => {
      repo.write(files);
      if (render) await printed(repo, ['render', '-q']);
      repo.commit();
      await refresh();
    },
    settled: () =>
      allSynced(host, repo.git('rev-parse', 'HEAD').trim()).catch((error: Error) => {
        throw new Error(`${error.message}\n${argocd.log()}`);
      }),
    conditions: (cluster) => conditionsOf(host, cluster),
    stop: async () => {
      await argocd.stop();
      await Promise.all(controllers.map((each) => each.stop()));
      await Promise.all([host.stop(), east.stop()]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function apply({ kubectl }: ControlPlane, manifests: string): void {
  kubectl(['apply', '--filename', '-'], manifests);
}

/**
 * The Secret by which Argo CD reaches east. A loopback address would be refused, rightly: so east has a name
 * while it is converted, and what a DNS server does for pods is done here.
 */
async function clusterSecret(repo: ScratchRepo, east: ControlPlane): Promise<string> {
  const name = 'https://east.example.com:6443';
  const stdin = readFileSync(east.kubeconfigFile, 'utf8').replaceAll(east.server, name);
  const { code, stdout, stderr } = await repo.appdeployWith({ stdin }, 'clusters', 'secret', 'east');
  if (code !== 0) throw new Error(stderr);
  return stdout.replaceAll(name, east.server);
}

async function printed(repo: ScratchRepo, argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await repo.appdeploy(...argv);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

/** A VirtualService as far as Argo CD cares: Istio's own CRD says more. */
const virtualServices = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'virtualservices.networking.istio.io' },
  spec: {
    group: 'networking.istio.io',
    scope: 'Namespaced',
    names: { kind: 'VirtualService', plural: 'virtualservices' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

/** An object of a cluster; undefined where there is none. */
export function objectIn({ kubectl }: ControlPlane, kind: string, name: string): unknown {
  const text = kubectl(['get', kind, name, '--namespace', 'default', '--ignore-not-found', '--output', 'json']);
  return text === '' ? undefined : JSON.parse(text);
}

/** How the VirtualService of a cluster splits the traffic: `shop-v1 100`. */
export function routesIn(cluster: ControlPlane, name: string): string[] {
  return digList(objectIn(cluster, 'virtualservice', name), 'spec', 'http', 0, 'route').map(
    (route) =>
      `${digText(route, '', 'destination', 'host').slice(0, 'shop-v0'.length)} ${String(dig(route, 'weight'))}`,
  );
}

/**
 * Says of a Deployment what Kubernetes says when all its pods run: there is no kubelet here, and no controller.
 */
export function becomeReady(cluster: ControlPlane, name: string): void {
  const deployment = objectIn(cluster, 'deployment', name);
  const count = dig(deployment, 'spec', 'replicas');
  const status = {
    observedGeneration: dig(deployment, 'metadata', 'generation'),
    replicas: count,
    updatedReplicas: count,
    readyReplicas: count,
    availableReplicas: count,
    conditions: [{ type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }],
  };
  const patch = ['patch', 'deployment', name, '--namespace', 'default', '--subresource', 'status', '--type', 'merge'];
  cluster.kubectl([...patch, '--patch', JSON.stringify({ status })]);
}
