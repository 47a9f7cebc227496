import type { Declaration } from '../model/catalog.ts';
import type { AppDeployment, Cluster, ClusterPlacement, ClusterSelector } from '../model/kinds.gen.ts';
import type { FieldPath } from '../model/origin.ts';
import { hostCluster, type Target } from '../model/placement.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { canonicalSelector, isEmptySelector, rejection } from './cluster-selector.ts';

/** One entry of a revision's placement list, with the clusters that it can mean. */
export interface Request {
  readonly revision: string;
  readonly field: FieldPath;
  readonly placement: ClusterPlacement;
  /** `fixed`: all of `matches` are used; `one`: one of them is picked. */
  readonly mode: 'host' | 'name' | 'all' | 'one';
  readonly matches: readonly Target[];
  /** For `one`: the key of the slot, and which of the revision's placements with this selector it is. */
  readonly slot: string;
  readonly ordinal: number;
}

/** The key of what a selector can pick: its canonical form and its ordinal within the revision. */
export function slotKey(selector: ClusterSelector, ordinal: number): string {
  return `${canonicalSelector(selector)}#${ordinal}`;
}

/** Reads an AppDeployment's placement lists against the clusters of its namespace. */
export function placementRequests(appDeployment: Declaration<AppDeployment>, choices: Choices): Staged<Request[]> {
  const problems: Problem[] = [];
  const value = appDeployment.object.spec.appRevisions.flatMap(({ revisionName, placement }, index) => {
    const ordinals = new Map<string, number>();
    return placement.flatMap((entry, position): Request[] => {
      if (isOnDrained(entry.clusterSelector, choices)) return [];
      const field = ['spec', 'appRevisions', index, 'placement', position];
      const { mode, matches, wrong } = matchesOf(entry.clusterSelector, choices, appDeployment, field);
      problems.push(...wrong);
      if (wrong.length > 0) return [];
      const selector = canonicalSelector(entry.clusterSelector ?? {});
      const ordinal = ordinals.get(selector) ?? 0;
      if (mode === 'one') ordinals.set(selector, ordinal + 1);
      return [
        {
          revision: revisionName,
          field,
          placement: entry,
          mode,
          matches,
          slot: slotKey(entry.clusterSelector ?? {}, ordinal),
          ordinal,
        },
      ];
    });
  });
  return { value, problems };
}

/** A placement that can mean a drained cluster alone is as though it were not there. */
function isOnDrained(selector: ClusterSelector | undefined, { targets, host }: Choices): boolean {
  if (selector === undefined) return host.isDrained === true;
  return [host, ...targets].some(({ name, isDrained = false }) => isDrained && name === selector.name);
}

/** The clusters of the namespace, and the host cluster, which belongs to every namespace. */
interface Choices {
  readonly targets: readonly Target[];
  readonly host: Target;
  /** The Clusters of other namespaces, which no selector sees: for hints. */
  readonly elsewhere: readonly Pick<Declaration<Cluster>, 'name' | 'namespace'>[];
}

interface Matches {
  readonly mode: Request['mode'];
  readonly matches: readonly Target[];
  readonly wrong: readonly Problem[];
}

function matchesOf(
  selector: ClusterSelector | undefined,
  { targets, host, elsewhere }: Choices,
  { locate, namespace }: Declaration<AppDeployment>,
  field: FieldPath,
): Matches {
  if (selector === undefined) return { mode: 'host', matches: [host], wrong: [] };
  const at = [...field, 'clusterSelector'];
  const fail = (wrong: Problem): Matches => ({ mode: 'one', matches: [], wrong: [wrong] });
  if (isEmptySelector(selector) && selector.policy !== 'All')
    return fail(
      problem('EMPTY_SELECTOR', locate(at, 'key'), 'this clusterSelector has no name, labels or matchExpressions'),
    );
  const candidates =
    selector.name === hostCluster ? [host, ...targets.filter(({ name }) => name !== hostCluster)] : targets;
  if (selector.name !== undefined && !candidates.some(({ name }) => name === selector.name)) {
    const known = `Clusters of namespace ${namespace}: ${candidates.map(({ name }) => name).join(', ') || 'none'}.`;
    const hidden = elsewhere.filter(({ name }) => name === selector.name);
    const message = `there is no Cluster ${JSON.stringify(selector.name)} in namespace ${namespace}`;
    return fail(problem('UNKNOWN_CLUSTER', locate([...at, 'name']), message, { hint: withHidden(known, hidden) }));
  }
  const matches = candidates.filter((target) => rejection(selector, target) === undefined);
  if (matches.length > 0)
    return {
      mode: selector.name !== undefined ? 'name' : selector.policy === 'All' ? 'all' : 'one',
      matches,
      wrong: [],
    };
  return fail(
    problem('NO_MATCHING_CLUSTER', locate(at, 'key'), `no Cluster of namespace ${namespace} matches this selector`, {
      hint: noMatchHint(candidates, elsewhere, selector),
    }),
  );
}

function noMatchHint(
  candidates: readonly Target[],
  elsewhere: Choices['elsewhere'],
  selector: ClusterSelector,
): string {
  return candidates.length === 0 && elsewhere.length > 0
    ? withHidden('The namespace has no Clusters.', elsewhere)
    : rejections(candidates, (target) => rejection(selector, target));
}

/** A hint, and the Clusters that the selector would see from another namespace. */
function withHidden(hint: string, hidden: Choices['elsewhere']): string {
  if (hidden.length === 0) return hint;
  const names = hidden.map(({ namespace, name }) => `${name} (${namespace})`).join(', ');
  return `${hint} An AppDeployment sees the Clusters of its own namespace, and these are in another: ${names}.`;
}

/** Every candidate with the reason why it was not taken, for a hint. */
export function rejections(candidates: readonly Target[], reason: (target: Target) => string | undefined): string {
  if (candidates.length === 0)
    return 'The namespace has no Clusters; add one, or leave clusterSelector out for the host cluster.';
  return `Rejected: ${candidates.map((target) => `${target.name} (${reason(target) ?? 'already used by this revision'})`).join(', ')}.`;
}
