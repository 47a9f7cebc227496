import type { KubeObject } from '../../model/manifest.ts';
import { digText } from '../../model/plain.ts';
import type { Step } from './plan.ts';

/**
 * The Event that says why a cluster Secret is still there. Its name follows from the Secret, so that it
 * is there once, and again when the API server has dropped it (kube-apiserver --event-ttl, an hour).
 *
 * @param at the time, in ISO 8601
 */
export function keptEvent(step: Extract<Step, { action: 'keep' }>, namespace: string, at: string): KubeObject {
  const { name, cluster, standing, applications } = step;
  const uid = digText(standing.metadata, '', 'uid');
  const shown = applications.slice(0, 10).join(', ');
  const more = applications.length > 10 ? ` and ${applications.length - 10} more` : '';
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.kept.${uid}`, namespace },
    involvedObject: { apiVersion: 'v1', kind: 'Secret', namespace, name, uid },
    type: 'Warning',
    reason: 'ClusterSecretKept',
    message: `The Cluster ${cluster} is gone. Kept for as long as these Applications deploy there: ${shown}${more}`,
    action: 'Keep',
    reportingComponent: 'appdeploy',
    reportingInstance: 'clusters-sync',
    source: { component: 'appdeploy' },
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
  };
}
