import type { ClusterSelector, MatchExpression } from '../model/kinds.gen.ts';
import { byText, canonicalJson } from '../model/plain.ts';
import type { Target } from '../model/placement.ts';

/** Why a selector rejects a cluster; undefined when it matches. All conditions must hold. */
export function rejection(selector: ClusterSelector, { name, labels, isDrained = false }: Target): string | undefined {
  if (isDrained) return 'it is drained';
  if (selector.name !== undefined && selector.name !== name) return `its name is not ${selector.name}`;
  const wanted = Object.entries(selector.labels ?? {}).map(([key, value]): MatchExpression => ({
    key,
    operator: 'In',
    values: [value],
  }));
  const failed = [...wanted, ...(selector.matchExpressions ?? [])].find((expression) => !holds(expression, labels));
  return failed === undefined
    ? undefined
    : `it has ${Object.hasOwn(labels, failed.key) ? `${failed.key}=${labels[failed.key]}` : `no label ${failed.key}`}`;
}

/** As Kubernetes' label selectors: NotIn and DoesNotExist hold where the label is absent. */
function holds({ key, operator, values = [] }: MatchExpression, labels: Target['labels']): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  const isListed = value !== undefined && values.includes(value);
  const verdicts = { In: isListed, NotIn: !isListed, Exists: value !== undefined, DoesNotExist: value === undefined };
  return verdicts[operator];
}

/** Whether a selector has a condition. */
export function isEmptySelector({ name, labels = {}, matchExpressions = [] }: ClusterSelector): boolean {
  return name === undefined && Object.keys(labels).length === 0 && matchExpressions.length === 0;
}

/** The same conditions for selectors that mean the same, whatever their order: what is recorded of one. */
export function normalisedSelector({ labels = {}, matchExpressions = [] }: ClusterSelector): ClusterSelector {
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => ({
    key,
    operator,
    ...(values.length === 0 ? {} : { values: values.toSorted(byText) }),
  }));
  return {
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...(expressions.length === 0
      ? {}
      : { matchExpressions: expressions.toSorted((a, b) => byText(canonicalJson(a), canonicalJson(b))) }),
  };
}

/** The same text for selectors that mean the same. */
export function canonicalSelector(selector: ClusterSelector): string {
  return canonicalJson(normalisedSelector(selector));
}
