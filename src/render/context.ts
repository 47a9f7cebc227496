import type { PlainObject } from '../model/plain.ts';
import type { Owner, Target } from '../model/placement.ts';
import type { Revision } from '../model/revision.ts';
import type { CueEngine } from './cue/engine.ts';

/** One component of one revision about to be rendered for one cluster and owner. */
export interface Rendering {
  readonly revision: Revision;
  readonly component: Revision['spec']['components'][number];
  /** The component's index in the Application. */
  readonly index: number;
  readonly owner: Owner;
  readonly cluster: Target;
  readonly cue: CueEngine;
}

/** What templates see as `context`: KubeVela's fields, and appDeployment, empty for a direct deployment. */
export function contextOf({ revision, component, owner, cluster }: Rendering): PlainObject {
  return {
    name: component.name,
    appName: revision.application.name,
    appRevision: revision.name,
    appRevisionNum: revision.number,
    namespace: revision.application.namespace,
    cluster: { name: cluster.name, labels: cluster.labels },
    appDeployment: owner.kind === 'AppDeployment' ? owner.name : '',
  };
}
