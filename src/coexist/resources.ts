import { type Manifest, resourceId } from '../model/manifest.ts';
import { originText } from '../model/origin.ts';
import { type Problem, problem } from '../model/problem.ts';

/** A resource id occurs once on a cluster, whoever emits it. */
export function duplicateResources(manifests: readonly Manifest[]): Problem[] {
  const first = new Map<string, Manifest>();
  return manifests.flatMap((manifest) => {
    const key = `${manifest.cluster} ${resourceId(manifest.object)}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, manifest);
      return [];
    }
    const message = `${resourceId(manifest.object)} on ${manifest.cluster} also comes from ${originText(other.origin)}`;
    return [
      problem('DUPLICATE_RESOURCE', manifest.origin, message, {
        related: [{ origin: other.origin, message: 'the other one' }],
      }),
    ];
  });
}
