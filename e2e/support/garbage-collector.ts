import { dirname, join } from 'node:path';
import type { ControlPlane } from './control-plane.ts';
import { freePort, type Server, startServer } from './processes.ts';
import { program } from './program.ts';

/**
 * Starts Kubernetes' garbage collector, alone of all controllers: Argo CD deletes in the foreground, and an
 * object that is deleted so goes when the collector has seen that nothing depends on it.
 */
export async function startGarbageCollector({ kubeconfigFile }: ControlPlane): Promise<Server> {
  const args = [
    `--kubeconfig=${kubeconfigFile}`,
    '--controllers=garbage-collector-controller',
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    `--secure-port=${await freePort()}`,
  ];
  const log = join(dirname(kubeconfigFile), 'kube-controller-manager.log');
  return startServer(program('kube-controller-manager'), args, log);
}
