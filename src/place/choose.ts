import { type Declaration, qualifiedName } from '../model/catalog.ts';
import type { AppDeployment } from '../model/kinds.gen.ts';
import type { Reason, Target } from '../model/placement.ts';
import { groupBy } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { assign, type Assignment, maximumMatching, type Slot } from './assign.ts';
import type { RecordedPicks } from './record.ts';
import { rendezvousOrder } from './rendezvous.ts';
import { rejections, type Request } from './requests.ts';

/** A request with the clusters that it got, each with the reason. */
export interface Choice {
  readonly request: Request;
  readonly clusters: readonly { readonly cluster: Target; readonly reason: Reason }[];
}

/**
 * Picks the clusters of every request. Named, host and All requests go first; then what is recorded,
 * which stays where it is as long as that can be; the others get what is left.
 */
export function chooseClusters(
  appDeployment: Declaration<AppDeployment>,
  requests: readonly Request[],
  { recorded, isReader }: { readonly recorded: RecordedPicks; readonly isReader: boolean },
): Staged<Choice[]> {
  const fixed = requests.filter(({ mode }) => mode !== 'one');
  const taken = groupBy(
    fixed.flatMap(({ revision, matches }) => matches.map(({ name }) => ({ revision, name }))),
    ({ revision }) => revision,
  );
  const takenNames = new Map([...taken].map(([revision, uses]) => [revision, new Set(uses.map(({ name }) => name))]));
  const duplicates = duplicatePlacements(appDeployment, fixed);
  const slots = slotsOf(appDeployment, requests, { recorded, taken: takenNames });
  const assignment = assign(slots, takenNames);
  const problems = [
    ...duplicates,
    ...(assignment === undefined ? unassigned(appDeployment, requests, slots, takenNames) : []),
  ];
  if (problems.length > 0) return { value: [], problems };
  const waiting = requests.filter(({ mode }) => mode === 'one').map(({ slot }) => slot);
  const orphans = orphanedPicks(recorded, waiting);
  const settled = { assignment: assignment ?? new Map<string, string>(), recorded, orphans };
  return {
    value: requests.map((request) => choiceOf(appDeployment, request, settled)),
    problems: movedProblems(appDeployment, requests, { ...settled, isReader }),
  };
}

/** One slot for each selector and ordinal, shared by the revisions that use it, so that they meet. */
function slotsOf(
  appDeployment: Declaration<AppDeployment>,
  requests: readonly Request[],
  { recorded, taken }: { readonly recorded: RecordedPicks; readonly taken: ReadonlyMap<string, ReadonlySet<string>> },
): Slot[] {
  const waiting = groupBy(
    requests.filter(({ mode }) => mode === 'one'),
    ({ slot }) => slot,
  );
  // What an edited selector had picked is still running: the new one stays there if it can.
  const orphans = orphanedPicks(recorded, [...waiting.keys()]);
  const slots = [...waiting].map(([key, users]) => {
    const revisions = users.map(({ revision }) => revision);
    const isFree = (name: string): boolean => !revisions.some((revision) => taken.get(revision)?.has(name) === true);
    const ranked = ranking(appDeployment, users[0]?.matches ?? []);
    const own = recorded.get(key);
    const kept = (own === undefined ? orphans : [own]).filter((name) => ranked.includes(name) && isFree(name));
    const candidates = [...new Set([...kept, ...ranked])];
    const order = kept.length === 0 ? 2 : own === undefined ? 1 : 0;
    return { key, candidates, order, revisions };
  });
  // A new selector never drives out what is recorded.
  return slots.toSorted((a, b) => a.order - b.order);
}

/** The clusters that are recorded for selectors that are gone. */
function orphanedPicks(recorded: RecordedPicks, waiting: readonly string[]): string[] {
  return [...recorded].filter(([key]) => !waiting.includes(key)).map(([, cluster]) => cluster);
}

function ranking(appDeployment: Declaration<AppDeployment>, matches: readonly Target[]): string[] {
  return rendezvousOrder(
    qualifiedName(appDeployment),
    matches.map(({ name }) => name),
  );
}

/** What was picked, and what was recorded before. */
interface Settled {
  readonly assignment: Assignment;
  readonly recorded: RecordedPicks;
  readonly orphans: readonly string[];
}

function choiceOf(
  appDeployment: Declaration<AppDeployment>,
  request: Request,
  { assignment, recorded, orphans }: Settled,
): Choice {
  const { mode, matches } = request;
  if (mode !== 'one') return { request, clusters: matches.map((cluster) => ({ cluster, reason: { kind: mode } })) };
  const ranked = ranking(appDeployment, matches);
  const picked = assignment.get(request.slot) ?? '';
  const own = recorded.get(request.slot);
  const kind = own === picked ? 'record' : own === undefined && orphans.includes(picked) ? 'kept' : 'rank';
  const reason: Reason = { kind, rank: ranked.indexOf(picked) + 1, of: ranked.length };
  return { request, clusters: matches.filter(({ name }) => name === picked).map((cluster) => ({ cluster, reason })) };
}

/** Tells each placement that leaves the cluster that was recorded for it; for a reader, each that is not recorded. */
function movedProblems(
  { locate }: Declaration<AppDeployment>,
  requests: readonly Request[],
  { assignment, recorded, isReader }: Settled & { readonly isReader: boolean },
): Problem[] {
  return requests.flatMap(({ mode, slot, matches, field, revision }) => {
    const before = recorded.get(slot);
    const now = assignment.get(slot);
    if (mode !== 'one' || now === undefined || before === now || (before === undefined && !isReader)) return [];
    const code = isReader ? 'UNRECORDED_PLACEMENT' : 'PLACEMENT_MOVED';
    const origin = locate([...field, 'clusterSelector'], 'key');
    if (before === undefined) return [problem(code, origin, `no cluster is recorded for ${revision} here`)];
    const why = matches.some(({ name }) => name === before)
      ? `${before} is taken by another placement`
      : `${before} does not match any more`;
    return [problem(code, origin, `${revision} moves from ${before} to ${now}: ${why}`)];
  });
}

function duplicatePlacements({ locate }: Declaration<AppDeployment>, fixed: readonly Request[]): Problem[] {
  const seen = new Set<string>();
  return fixed.flatMap(({ revision, matches, field }) =>
    matches.flatMap(({ name }) => {
      const key = `${revision} ${name}`;
      if (seen.has(key))
        return [problem('DUPLICATE_PLACEMENT', locate(field), `${revision} is already placed on ${name}`)];
      seen.add(key);
      return [];
    }),
  );
}

/** Names the requests that are left without a cluster, and why each candidate is not free. */
function unassigned(
  { locate }: Declaration<AppDeployment>,
  requests: readonly Request[],
  slots: readonly Slot[],
  taken: ReadonlyMap<string, ReadonlySet<string>>,
): Problem[] {
  const waiting = requests.filter(({ mode }) => mode === 'one');
  const lost = waiting.filter(({ revision, slot }) => {
    const own = slots
      .filter(({ revisions }) => revisions.includes(revision))
      .map((each) => ({
        ...each,
        candidates: each.candidates.filter((name) => taken.get(revision)?.has(name) !== true),
      }));
    return !maximumMatching(own).has(slot);
  });
  return (lost.length > 0 ? lost : waiting.slice(-1)).map(({ revision, field, matches }) =>
    problem(
      'NO_MATCHING_CLUSTER',
      locate([...field, 'clusterSelector'], 'key'),
      `every Cluster that matches is taken by another placement of ${revision}, or of a revision that must meet it`,
      { hint: rejections(matches, () => undefined) },
    ),
  );
}
