import type { Manifest } from '../model/manifest.ts';
import type { Problem } from '../model/problem.ts';
import { nameProblems } from '../render/name-rules.ts';
import { ingressProblems } from './ingresses.ts';
import { duplicateResources } from './resources.ts';
import { selectorProblems } from './selectors.ts';

/** The rules that only hold for all manifests of a cluster together. */
export function coexist(manifests: readonly Manifest[]): Problem[] {
  return [
    ...manifests.flatMap(nameProblems),
    ...duplicateResources(manifests),
    ...selectorProblems(manifests),
    ...ingressProblems(manifests),
  ];
}
