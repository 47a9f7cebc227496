import { keptEvent } from '../../clusters/sync/kept-event.ts';
import type { Step } from '../../clusters/sync/plan.ts';
import { digText } from '../../model/plain.ts';
import type { KubeApi } from './api.ts';
import { ApiFailure, type Call } from './failure.ts';
import { eventResource, secretResource } from './resources.ts';

/** What became of the steps. */
export interface Applied {
  readonly done: readonly Step[];
  /** Somebody was faster: what was read is no longer so. */
  readonly conflicts: readonly Step[];
  readonly failures: readonly ApiFailure[];
}

/** Carries out the steps, each for itself: one that fails does not keep the others back. */
export async function apply(api: KubeApi, steps: readonly Step[], namespace: string, now: Date): Promise<Applied> {
  const done: Step[] = [];
  const conflicts: Step[] = [];
  const failures: ApiFailure[] = [];
  for (const step of steps)
    try {
      await api.call(callOf(step, namespace, now));
      done.push(step);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      // An Event of this name is there already, and says the same.
      if (error.status === 409 && step.action === 'keep') done.push(step);
      else if (isConflict(error, step)) conflicts.push(step);
      else failures.push(error);
    }
  return { done, conflicts, failures };
}

/** 409: it has changed, or exists already; 404: it is gone. */
function isConflict({ status }: ApiFailure, { action }: Step): boolean {
  return status === 409 || (status === 404 && (action === 'update' || action === 'remove'));
}

function callOf(step: Step, namespace: string, now: Date): Call {
  const { name } = step;
  const about = { resource: secretResource, namespace };
  if (step.action === 'create') return { ...about, verb: 'create', body: step.object };
  if (step.action === 'update') return { ...about, verb: 'update', name, body: step.object };
  if (step.action === 'keep')
    return { verb: 'create', resource: eventResource, namespace, body: keptEvent(step, namespace, now.toISOString()) };
  const { metadata } = step.standing;
  const preconditions = {
    uid: digText(metadata, '', 'uid'),
    resourceVersion: digText(metadata, '', 'resourceVersion'),
  };
  return { ...about, verb: 'delete', name, body: { preconditions } };
}
