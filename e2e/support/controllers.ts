import { dirname, join } from 'node:path';
import type { ControlPlane } from './control-plane.ts';
import { freePort, type Server, startServer } from './processes.ts';
import { program } from './program.ts';

/** A controller of Kubernetes that a test needs besides the garbage collector. */
export type Controller = 'horizontal-pod-autoscaler-controller';

/**
 * Starts Kubernetes' garbage collector, and of all other controllers those that are asked for alone: Argo CD
 * deletes in the foreground, and an object that is deleted so goes when the collector has seen that nothing
 * depends on it. An autoscaler finds no metrics here.
 */
export async function startControllers(
  { kubeconfigFile }: ControlPlane,
  others: readonly Controller[] = [],
): Promise<Server> {
  const args = [
    `--kubeconfig=${kubeconfigFile}`,
    `--controllers=${['garbage-collector-controller', ...others].join(',')}`,
    '--horizontal-pod-autoscaler-sync-period=2s',
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    `--secure-port=${await freePort()}`,
  ];
  const log = join(dirname(kubeconfigFile), 'kube-controller-manager.log');
  return startServer(program('kube-controller-manager'), args, log);
}
