import { parse } from 'yaml';
import { manifestPath } from '../layout/path.ts';
import type { ExistingEntry } from '../layout/compare.ts';
import type { Manifest } from '../model/manifest.ts';
import { dig, digList } from '../model/plain.ts';
import { type Problem, problem } from '../model/problem.ts';

/**
 * Revisions that lose replicas and weight at once. Argo CD applies workloads before routes, so that
 * for a moment the old weight meets the new replicas: the weight should go in a commit before.
 *
 * @param existing the output as it stands, by path
 */
export function drainProblems(
  manifests: readonly Manifest[],
  output: string,
  existing: ReadonlyMap<string, ExistingEntry>,
): Problem[] {
  const before = (manifest: Manifest): unknown => {
    const entry = existing.get(`${output}/${manifestPath(manifest)}`);
    return entry?.kind === 'owned' ? read(entry.text) : undefined;
  };
  return manifests.flatMap((manifest) => {
    const { role, object, instance, owner, cluster, origin } = manifest;
    if (role !== 'workload' || instance === undefined || owner.kind !== 'AppDeployment') return [];
    const [was, is] = [replicasOf(before(manifest)), replicasOf(object)];
    if (was === undefined || is === undefined || is >= was) return [];
    const route = manifests.find(
      (other) =>
        other.role === 'virtualService' &&
        other.cluster === cluster &&
        other.owner.name === owner.name &&
        other.owner.namespace === owner.namespace,
    );
    const revision = instance.revision.name;
    const [wasWeight, isWeight] = [weightOf(route && before(route), revision), weightOf(route?.object, revision)];
    if (isWeight >= wasWeight) return [];
    const message = `${revision} goes from ${was} to ${is} replicas on ${cluster} while its weight goes from ${wasWeight} to ${isWeight}`;
    return [problem('DRAINED_TOO_SOON', origin, message)];
  });
}

function read(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function replicasOf(object: unknown): number | undefined {
  const replicas = dig(object, 'spec', 'replicas');
  return typeof replicas === 'number' ? replicas : undefined;
}

/** The highest weight that a rule gives a revision; Services are named after it. */
function weightOf(virtualService: unknown, revision: string): number {
  const routes = digList(virtualService, 'spec', 'http').flatMap((rule) => digList(rule, 'route'));
  const own = routes.filter((route) => String(dig(route, 'destination', 'host')).startsWith(`${revision}-`));
  return Math.max(0, ...own.map((route) => Number(dig(route, 'weight') ?? 0)));
}
