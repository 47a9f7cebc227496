import { problemKinds } from '../../model/problem-codes.ts';
import type { ProblemKind } from '../../model/problem-kind.ts';

const error = (summary: string, cure: string): ProblemKind => ({ severity: 'error', summary, cure });
const warning = (summary: string, cure: string): ProblemKind => ({ severity: 'warning', summary, cure });
const note = (summary: string, cure: string): ProblemKind => ({ severity: 'note', summary, cure });

/**
 * What can be wrong with the way from one state to another, though both are right by themselves; the
 * closed list of codes. None stops a run by itself: see `--fail-on`.
 */
export const transitionKinds = {
  IMMUTABLE_FIELD: error(
    'A field changes that Kubernetes lets nobody change, so that the sync fails.',
    'Give the object a new name (a new revision does), or delete it first and let Argo CD create it anew.',
  ),
  STILL_ROUTED: error(
    'A revision goes from a cluster while one of the two sides routes to it.',
    'Move its weight in one commit, and remove the revision in the next.',
  ),
  CAPACITY_FLOOR: error(
    'A cluster keeps fewer replicas than --min-capacity asks for.',
    'Raise the replicas of what stays in one commit, and lower the others in the next.',
  ),
  WEIGHT_BEFORE_CAPACITY: warning(
    'Weight moves to a revision whose replicas rise in the same change.',
    'Raise the replicas in one commit, and move the weight when they are ready.',
  ),
  DRAINED_TOO_SOON: problemKinds.DRAINED_TOO_SOON,
  WORKLOAD_MOVED: warning(
    'A revision leaves one cluster and comes to another in the same change.',
    'Add it to the new cluster in one commit, and remove it from the old one when it is ready.',
  ),
  TRAFFIC_AND_REVISIONS_REMOVED: warning(
    'The traffic goes together with the revisions that serve it.',
    'Take the traffic elsewhere first, and remove the revisions in the next commit.',
  ),
  SNAPSHOT_TOUCHED: error(
    'A published snapshot has another content than before.',
    'Run appdeploy revisions repair: it restores the snapshot, and the present content becomes the next revision.',
  ),
  SNAPSHOT_REMOVED: note(
    'A published snapshot is removed.',
    'Nothing to do if it was pruned; appdeploy revisions restore brings it back.',
  ),
  DEFINITION_EDITED: note(
    'A definition of the repo changes; revisions keep the one that they pin.',
    'Run appdeploy revisions cut APP for each Application that is to take it up.',
  ),
} as const satisfies Readonly<Record<string, ProblemKind>>;

/** The name of a kind of finding. */
export type TransitionCode = keyof typeof transitionKinds;
