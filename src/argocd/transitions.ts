import { parse } from 'yaml';
import { outputPath } from '../layout/path.ts';
import type { ExistingEntry } from '../layout/compare.ts';
import type { KubeObject, Manifest } from '../model/manifest.ts';
import { dig, groupBy, isPlainObject } from '../model/plain.ts';
import { type Problem, problem } from '../model/problem.ts';
import { type RuleShares, routedShares, weightsOf } from '../route/shares.ts';

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
  const standing = groupBy(existing, ([path]) => folderOf(path));
  const wanted = groupBy(manifests, (manifest) => folderOf(outputPath(manifest, output)));
  return manifests.flatMap((manifest) => {
    const { role, object, instance, owner, cluster, origin } = manifest;
    if (role !== 'workload' || instance === undefined || owner.kind !== 'AppDeployment') return [];
    const path = outputPath(manifest, output);
    const workload = { before: read(existing.get(path))[0], after: object };
    if (!losesReplicas(workload)) return [];
    const revision = instance.revision.name;
    const drain = drainOf(revision, workload, {
      before: routedShares((standing.get(folderOf(path)) ?? []).flatMap(([, entry]) => read(entry))),
      after: routedShares((wanted.get(folderOf(path)) ?? []).map((each) => each.object)),
    });
    return drain === undefined
      ? []
      : [problem('DRAINED_TOO_SOON', origin, drainText(revision, drain, ` on ${cluster}`))];
  });
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** A value on both sides of a change. */
interface Versions<T> {
  readonly before: T;
  readonly after: T;
}

/** Replicas and weight of a revision that fall together: from, to. */
export interface Drain {
  readonly replicas: readonly [number, number];
  readonly weight: readonly [number, number];
}

/** Whether a revision's workload loses replicas while the routes take weight from the revision. */
export function drainOf(
  revision: string,
  workload: Versions<unknown>,
  routes: Versions<readonly RuleShares[]>,
): Drain | undefined {
  const [was, is] = [replicasOf(workload.before), replicasOf(workload.after)];
  const [wasWeight, isWeight] = [routes.before, routes.after].map((shares) =>
    Math.max(0, ...weightsOf(revision, shares)),
  );
  if (was === undefined || is === undefined || is >= was) return undefined;
  if (wasWeight === undefined || isWeight === undefined || isWeight >= wasWeight) return undefined;
  return { replicas: [was, is], weight: [wasWeight, isWeight] };
}

function losesReplicas({ before, after }: Versions<unknown>): boolean {
  const [was, is] = [replicasOf(before), replicasOf(after)];
  return was !== undefined && is !== undefined && is < was;
}

/** The drain in words; `where` follows the replicas. */
export function drainText(revision: string, { replicas, weight }: Drain, where = ''): string {
  return `${revision} goes from ${replicas.join(' to ')} replicas${where} while its weight goes from ${weight.join(' to ')}`;
}

/** The object of a file of ours; empty for any other. */
function read(entry: ExistingEntry | undefined): KubeObject[] {
  if (entry?.kind !== 'owned') return [];
  try {
    const object: unknown = parse(entry.text);
    return isPlainObject(object) && typeof object['apiVersion'] === 'string' ? [object as KubeObject] : [];
  } catch {
    return [];
  }
}

function replicasOf(object: unknown): number | undefined {
  const replicas = dig(object, 'spec', 'replicas');
  return typeof replicas === 'number' ? replicas : undefined;
}
