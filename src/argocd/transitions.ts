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
    const revision = instance.revision.name;
    const route = manifests.find(
      (other) =>
        other.role === 'virtualService' &&
        other.cluster === cluster &&
        other.owner.name === owner.name &&
        other.owner.namespace === owner.namespace,
    );
    const drain = drainOf(
      revision,
      { before: before(manifest), after: object },
      { before: route && before(route), after: route?.object },
    );
    return drain === undefined
      ? []
      : [problem('DRAINED_TOO_SOON', origin, drainText(revision, drain, ` on ${cluster}`))];
  });
}

/** An object on both sides of a change. */
interface Versions {
  readonly before: unknown;
  readonly after: unknown;
}

/** Replicas and weight of a revision that fall together: from, to. */
export interface Drain {
  readonly replicas: readonly [number, number];
  readonly weight: readonly [number, number];
}

/** Whether a revision's workload loses replicas while the VirtualService takes weight from it. */
export function drainOf(revision: string, workload: Versions, route: Versions): Drain | undefined {
  const [was, is] = [replicasOf(workload.before), replicasOf(workload.after)];
  if (was === undefined || is === undefined || is >= was) return undefined;
  const [wasWeight, isWeight] = [weightOf(route.before, revision), weightOf(route.after, revision)];
  return isWeight >= wasWeight ? undefined : { replicas: [was, is], weight: [wasWeight, isWeight] };
}

/** The drain in words; `where` follows the replicas. */
export function drainText(revision: string, { replicas, weight }: Drain, where = ''): string {
  return `${revision} goes from ${replicas.join(' to ')} replicas${where} while its weight goes from ${weight.join(' to ')}`;
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
