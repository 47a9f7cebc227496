import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { EnvironmentError } from '../environment-error.ts';

/** Where the API server is, and as whom it is asked. */
export interface ConnectionChoice {
  /** A kubeconfig; without one, the pod's own ServiceAccount. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The API server's address, and what a request to it needs: made anew for each, since tokens are rotated. */
export interface Connection {
  readonly server: string;
  readonly options: () => Promise<RequestOptions>;
}

/**
 * Finds the API server as client-go does. The client is loaded here and not before: other commands do
 * without it. What it says of a broken kubeconfig quotes the file, so none of it is passed on.
 *
 * @throws EnvironmentError when there is no usable kubeconfig, and this is no pod
 */
export async function connect(choice: ConnectionChoice): Promise<Connection> {
  const client = await import('@kubernetes/client-node');
  const config = new client.KubeConfig();
  load(config, choice);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined || config.getCurrentUser() === null)
    throw new EnvironmentError(
      'the kubeconfig has no current context with a cluster and a user; choose one by --context',
    );
  return {
    server: server.replace(/\/+$/, ''),
    options: async () => {
      const options: RequestOptions = {};
      await config.applyToHTTPSOptions(options).catch(() => {
        throw new EnvironmentError(
          'the credentials for the host cluster cannot be had; try kubectl with the same kubeconfig',
        );
      });
      return options;
    },
  };
}

function load(config: KubeConfig, { kubeconfig, context, environment }: ConnectionChoice): void {
  if (kubeconfig === undefined) {
    if (context !== undefined) throw new EnvironmentError('--context needs --kubeconfig');
    if (environment['KUBERNETES_SERVICE_HOST'] === undefined)
      throw new EnvironmentError('this is no pod of a cluster; say --kubeconfig FILE');
    config.loadFromCluster();
    return;
  }
  try {
    config.loadFromFile(kubeconfig);
  } catch {
    throw new EnvironmentError(`${kubeconfig} cannot be read as a kubeconfig`);
  }
  if (context === undefined) return;
  if (config.getContextObject(context) === null) throw new EnvironmentError(`${kubeconfig} has no context ${context}`);
  config.setCurrentContext(context);
}
