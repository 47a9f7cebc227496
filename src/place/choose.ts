import { type Declaration, qualifiedName } from '../model/catalog.ts';
import type { AppDeployment } from '../model/kinds.gen.ts';
import type { Reason, Target } from '../model/placement.ts';
import { groupBy } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { assign, type Assignment, maximumMatching, type Slot } from './assign.ts';
import { rendezvousOrder } from './rendezvous.ts';
import { rejections, type Request } from './requests.ts';

/** A request with the clusters that it got, each with the reason. */
export interface Choice {
  readonly request: Request;
  readonly clusters: readonly { readonly cluster: Target; readonly reason: Reason }[];
}

/** Picks the clusters of every request. Named, host and All requests go first; the others get what is left. */
export function chooseClusters(
  appDeployment: Declaration<AppDeployment>,
  requests: readonly Request[],
): Staged<Choice[]> {
  const fixed = requests.filter(({ mode }) => mode !== 'one');
  const taken = groupBy(
    fixed.flatMap(({ revision, matches }) => matches.map(({ name }) => ({ revision, name }))),
    ({ revision }) => revision,
  );
  const takenNames = new Map([...taken].map(([revision, uses]) => [revision, new Set(uses.map(({ name }) => name))]));
  const duplicates = duplicatePlacements(appDeployment, fixed);
  const slots = slotsOf(appDeployment, requests);
  const assignment = assign(slots, takenNames);
  const problems = [
    ...duplicates,
    ...(assignment === undefined ? unassigned(appDeployment, requests, slots, takenNames) : []),
  ];
  if (problems.length > 0) return { value: [], problems };
  return { value: requests.map((request) => choiceOf(request, slots, assignment ?? new Map())), problems };
}

/** One slot for each selector and ordinal, shared by the revisions that use it, so that they meet. */
function slotsOf(appDeployment: Declaration<AppDeployment>, requests: readonly Request[]): Slot[] {
  const waiting = groupBy(
    requests.filter(({ mode }) => mode === 'one'),
    ({ slot }) => slot,
  );
  return [...waiting].map(([key, users]) => ({
    key,
    candidates: rendezvousOrder(qualifiedName(appDeployment), users[0]?.matches.map(({ name }) => name) ?? []),
    revisions: users.map(({ revision }) => revision),
  }));
}

function choiceOf(request: Request, slots: readonly Slot[], assignment: Assignment): Choice {
  const { mode, matches } = request;
  if (mode !== 'one') return { request, clusters: matches.map((cluster) => ({ cluster, reason: { kind: mode } })) };
  const candidates = slots.find(({ key }) => key === request.slot)?.candidates ?? [];
  const picked = assignment.get(request.slot);
  const reason: Reason = { kind: 'rank', rank: candidates.indexOf(picked ?? '') + 1, of: candidates.length };
  return { request, clusters: matches.filter(({ name }) => name === picked).map((cluster) => ({ cluster, reason })) };
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
