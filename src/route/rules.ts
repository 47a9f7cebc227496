import type { Declaration } from '../model/catalog.ts';
import type { AppDeployment, HttpRule, WeightedTarget } from '../model/kinds.gen.ts';
import type { FieldPath } from '../model/origin.ts';
import type { Placement } from '../model/placement.ts';
import { type Problem, problem, type Staged, stagedAll } from '../model/problem.ts';

/** A target with its weight settled. */
export interface RouteTarget extends WeightedTarget {
  readonly weight: number;
  readonly field: FieldPath;
}

/** A rule whose weights sum to 100 over known targets. */
export interface RouteRule {
  readonly source: HttpRule;
  readonly targets: readonly RouteTarget[];
  readonly field: FieldPath;
}

/** Reads the rules of an AppDeployment's traffic, once for all clusters. */
export function readRules(
  appDeployment: Declaration<AppDeployment>,
  placements: readonly Placement[],
): Staged<RouteRule[]> {
  const rules = appDeployment.object.spec.traffic?.http ?? [];
  return stagedAll(
    rules.map((source, index) => readRule(source, ['spec', 'traffic', 'http', index], appDeployment, placements)),
  );
}

function readRule(
  source: HttpRule,
  field: FieldPath,
  { locate }: Declaration<AppDeployment>,
  placements: readonly Placement[],
): Staged<RouteRule> {
  const single = source.weightedTargets.length === 1;
  const problems: Problem[] = [];
  const targets = source.weightedTargets.map((target, index): RouteTarget => {
    const at = [...field, 'weightedTargets', index];
    if (target.weight === undefined && !single)
      problems.push(problem('MISSING_WEIGHT', locate(at), `${target.revisionName} has no weight`));
    const settled = { ...target, weight: target.weight ?? (single ? 100 : 0), field: at };
    problems.push(...targetProblems(settled, locate, placements));
    return settled;
  });
  const sum = targets.reduce((total, { weight }) => total + weight, 0);
  const isComplete = !problems.some(({ code }) => code === 'MISSING_WEIGHT');
  if (sum !== 100 && isComplete)
    problems.push(
      problem(
        'WEIGHT_SUM',
        locate([...field, 'weightedTargets'], 'key'),
        `the weights of this rule sum to ${sum}; expected 100`,
      ),
    );
  return { value: { source, targets, field }, problems: [...problems, ...repeated(targets, locate)] };
}

function targetProblems(
  { revisionName, componentName, weight, field }: RouteTarget,
  locate: Declaration<unknown>['locate'],
  placements: readonly Placement[],
): Problem[] {
  const own = placements.filter(({ revision }) => revision.name === revisionName);
  const [first] = own;
  if (first === undefined) {
    const hint = `Placed here: ${[...new Set(placements.map(({ revision }) => revision.name))].join(', ')}.`;
    return [
      problem(
        'UNKNOWN_TARGET',
        locate([...field, 'revisionName']),
        `${revisionName} is not placed by this AppDeployment`,
        { hint },
      ),
    ];
  }
  const names = first.revision.spec.components.map(({ name }) => name);
  if (!names.includes(componentName))
    return [
      problem(
        'UNKNOWN_TARGET',
        locate([...field, 'componentName']),
        `${revisionName} has no component ${componentName}`,
        { hint: `Its components: ${names.join(', ')}.` },
      ),
    ];
  const isIdle = weight > 0 && own.every(({ replicas }) => replicas === 0);
  return isIdle
    ? [
        problem(
          'IDLE_TARGET',
          locate([...field, 'revisionName']),
          `${revisionName} has weight ${weight}, but 0 replicas on every cluster`,
        ),
      ]
    : [];
}

function repeated(targets: readonly RouteTarget[], locate: Declaration<unknown>['locate']): Problem[] {
  const keys = targets.map(({ revisionName, componentName, port }) => `${revisionName} ${componentName} ${port}`);
  return targets.flatMap(({ revisionName, field }, index) =>
    keys.indexOf(keys[index] ?? '') === index
      ? []
      : [problem('DUPLICATE_TARGET', locate(field), `${revisionName} is listed twice with this component and port`)],
  );
}
