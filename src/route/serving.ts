import type { Declaration } from '../model/catalog.ts';
import type { AppDeployment } from '../model/kinds.gen.ts';
import { meshLabel, type Placement, type Target } from '../model/placement.ts';
import { groupBy } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import type { RouteRule, RouteTarget } from './rules.ts';
import { renormalise } from './weights.ts';

/** What one cluster serves: the rules with the targets that live in its serving domain. */
export interface Serving {
  readonly cluster: string;
  readonly rules: readonly RouteRule[];
}

/** The clusters of one mesh, or one cluster without a mesh, and the revisions that run there. */
interface Domain {
  readonly name: string;
  readonly clusters: readonly string[];
  readonly live: ReadonlySet<string>;
}

/** Which cluster serves what. A cluster without a live target gets nothing. */
export function servingPlan(
  appDeployment: Declaration<AppDeployment>,
  rules: readonly RouteRule[],
  placements: readonly Placement[],
  missing: 'Renormalise' | 'Fail',
): Staged<Serving[]> {
  const value: Serving[] = [];
  const problems: Problem[] = [];
  for (const domain of domainsOf(placements)) {
    const lost = rules.filter(({ targets }) => !targets.some((target) => isLive(target, domain) && target.weight > 0));
    if (lost.length === rules.length) problems.push(prewarmed(appDeployment, domain));
    else if (lost.length > 0)
      problems.push(
        ...lost.map(({ field }) =>
          problem(
            'PARTIAL_ROUTES',
            appDeployment.locate(field),
            `no target of this rule runs in ${domain.name}, where other rules have one`,
          ),
        ),
      );
    else {
      const kept = rules.map((rule) => restrict(rule, domain, missing, appDeployment));
      problems.push(...kept.flatMap((rule) => rule.problems));
      value.push(...domain.clusters.map((cluster) => ({ cluster, rules: kept.map((rule) => rule.value) })));
    }
  }
  return { value, problems };
}

function domainsOf(placements: readonly Placement[]): Domain[] {
  const groups = groupBy(placements, ({ cluster }) => domainKey(cluster));
  return [...groups].map(([, members]) => {
    const clusters = [...new Set(members.map(({ cluster }) => cluster.name))];
    const mesh = members[0]?.cluster.labels[meshLabel];
    const live = new Set(members.filter(({ replicas }) => replicas > 0).map(({ revision }) => revision.name));
    return {
      name: mesh === undefined ? `cluster ${clusters[0] ?? ''}` : `mesh ${mesh} (${clusters.join(', ')})`,
      clusters,
      live,
    };
  });
}

function domainKey({ name, labels }: Target): string {
  const mesh = labels[meshLabel];
  return mesh === undefined ? `cluster ${name}` : `mesh ${mesh}`;
}

function isLive({ revisionName }: RouteTarget, { live }: Domain): boolean {
  return live.has(revisionName);
}

/** Drops the targets that do not run in the domain and gives their share to the others. */
function restrict(
  rule: RouteRule,
  domain: Domain,
  missing: 'Renormalise' | 'Fail',
  { locate }: Declaration<AppDeployment>,
): Staged<RouteRule> {
  const kept = rule.targets.filter((target) => isLive(target, domain));
  const dropped = rule.targets.filter((target) => !isLive(target, domain) && target.weight > 0);
  if (dropped.length === 0) return { value: { ...rule, targets: kept }, problems: [] };
  const names = dropped.map(({ revisionName }) => revisionName).join(', ');
  if (missing === 'Fail')
    return {
      value: rule,
      problems: [
        problem(
          'MISSING_TARGET',
          locate(rule.field),
          `${names} does not run in ${domain.name}, and traffic.missingTargets is Fail`,
        ),
      ],
    };
  const weights = renormalise(kept.map(({ weight }) => weight));
  const targets = kept.map((target, index) => ({ ...target, weight: weights[index] ?? 0 }));
  const text = `${names} does not run in ${domain.name}; there the share rises: ${risesOf(kept, targets)} of 100`;
  return { value: { ...rule, targets }, problems: [problem('SHARE_RISES', locate(rule.field), text)] };
}

/** `web-v2 from 60 to 100, …`: the targets whose weight grew. */
function risesOf(before: readonly RouteTarget[], after: readonly RouteTarget[]): string {
  return after
    .map(({ revisionName, weight }, index) => ({ revisionName, weight, was: before[index]?.weight ?? 0 }))
    .filter(({ weight, was }) => weight > was)
    .map(({ revisionName, weight, was }) => `${revisionName} from ${was} to ${weight}`)
    .join(', ');
}

function prewarmed({ locate, name }: Declaration<AppDeployment>, domain: Domain): Problem {
  return problem(
    'PREWARMED',
    locate(['spec', 'traffic'], 'key'),
    `${domain.name} gets no VirtualService of ${name}: no target with weight runs there`,
  );
}
