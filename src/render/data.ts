import { type Problem, problem, type Staged } from '../model/problem.ts';
import type { Identified } from './identity.ts';

const syncOptions = 'argocd.argoproj.io/sync-options';

/** Makes Argo CD keep the claims of a revision when the revision goes: data outlives it. */
export function keepData(objects: readonly Identified[]): Staged<Identified[]> {
  const problems: Problem[] = [];
  const value = objects.map((each) => {
    if (each.object.kind !== 'PersistentVolumeClaim') return each;
    const { name, annotations = {} } = each.object.metadata;
    problems.push(problem('DATA_KEPT', each.origin, `PersistentVolumeClaim ${name} stays when its revision goes`));
    const kept = [annotations[syncOptions], 'Prune=false,Delete=false'].filter(Boolean).join(',');
    return {
      ...each,
      object: {
        ...each.object,
        metadata: { ...each.object.metadata, annotations: { ...annotations, [syncOptions]: kept } },
      },
    };
  });
  return { value, problems };
}
