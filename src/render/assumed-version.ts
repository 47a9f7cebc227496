import type { Placements } from '../model/placement.ts';
import { type Problem, problem } from '../model/problem.ts';
import { readsClusterVersion, usedDefinitions } from './cluster-use.ts';
import { assumedVersion, type Rendering } from './context.ts';

/** Says once, at the first component, that a template asks for a version that nothing says. */
export function assumedVersionNote(
  { placed, direct }: Placements,
  { kubernetesVersion }: Pick<Rendering, 'kubernetesVersion'>,
): Problem[] {
  if (kubernetesVersion !== undefined) return [];
  for (const { revision, cluster } of [...placed, ...direct]) {
    const assumed = assumedVersion(revision.renderFormat);
    if (cluster.version !== undefined || assumed === undefined) continue;
    const index = revision.spec.components.findIndex((component) =>
      usedDefinitions(revision, component).some(readsClusterVersion),
    );
    if (index < 0) continue;
    const name = revision.spec.components[index]?.name ?? '';
    const message = `a template of component ${name} asks for the Kubernetes version of ${cluster.name}, which nothing says; it gets ${assumed}`;
    return [problem('KUBERNETES_VERSION_ASSUMED', revision.locate(['spec', 'components', index]), message)];
  }
  return [];
}
