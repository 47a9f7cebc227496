import type { Manifest } from '../model/manifest.ts';
import { dig, digList, digObject, groupBy, isPlainObject, type PlainObject } from '../model/plain.ts';
import { type Problem, problem } from '../model/problem.ts';

/**
 * Two revisions run side by side only when no selector of one takes pods of the other: selectors
 * of workloads, PodDisruptionBudgets and Services of components that an AppDeployment places.
 */
export function selectorProblems(manifests: readonly Manifest[]): Problem[] {
  const placed = manifests.filter(({ instance }) => instance !== undefined);
  const neighbourhoods = groupBy(placed, ({ cluster, object }) => `${cluster} ${object.metadata.namespace ?? ''}`);
  return [...neighbourhoods.values()].flatMap((neighbours) => {
    const pods = podsByLabel(neighbours.filter(({ object }) => podLabels(object) !== undefined));
    return neighbours.flatMap((manifest) => {
      const other = pods(manifest.object).find(
        (pod) => isOtherRevision(manifest, pod) && selects(manifest.object, podLabels(pod.object) ?? {}),
      );
      return other === undefined ? [] : [overlap(manifest, other)];
    });
  });
}

/** The pods that a selector can take at all: those with one of its labels; all where it names none. */
function podsByLabel(pods: readonly Manifest[]): (object: PlainObject) => readonly Manifest[] {
  const labelled = new Map<string, Manifest[]>();
  for (const pod of pods)
    for (const [key, value] of Object.entries(podLabels(pod.object) ?? {})) {
      const label = `${key}=${String(value)}`;
      const alike = labelled.get(label);
      if (alike === undefined) labelled.set(label, [pod]);
      else alike.push(pod);
    }
  return (object) => {
    const selector = dig(object, 'spec', 'selector');
    if (!isPlainObject(selector)) return [];
    const wanted = Object.entries(object['kind'] === 'Service' ? selector : digObject(selector, 'matchLabels'));
    const groups = wanted.map(([key, value]) => labelled.get(`${key}=${String(value)}`) ?? []);
    return groups.toSorted((a, b) => a.length - b.length)[0] ?? pods;
  };
}

function isOtherRevision(a: Manifest, b: Manifest): boolean {
  const [ours, theirs] = [a.instance?.revision, b.instance?.revision];
  const isPlaced = [a, b].some(({ owner }) => owner.kind === 'AppDeployment');
  // One Application both direct and placed is a warning of its own.
  const isBoth = a.owner.kind !== b.owner.kind && ours?.application.name === theirs?.application.name;
  return isPlaced && !isBoth && ours?.name !== theirs?.name;
}

function podLabels(object: PlainObject): PlainObject | undefined {
  const template = dig(object, 'spec', 'template') ?? dig(object, 'spec', 'jobTemplate', 'spec', 'template');
  return isPlainObject(template) ? digObject(template, 'metadata', 'labels') : undefined;
}

function selects(object: PlainObject, labels: PlainObject): boolean {
  const selector = dig(object, 'spec', 'selector');
  if (!isPlainObject(selector)) return false;
  if (object['kind'] === 'Service') return Object.keys(selector).length > 0 && includes(selector, labels);
  if (podLabels(object) === undefined && object['kind'] !== 'PodDisruptionBudget') return false;
  return (
    includes(digObject(selector, 'matchLabels'), labels) &&
    digList(selector, 'matchExpressions').every((expression) => holds(expression, labels))
  );
}

function includes(wanted: PlainObject, labels: PlainObject): boolean {
  return Object.entries(wanted).every(([key, value]) => dig(labels, key) === value);
}

function holds(expression: unknown, labels: PlainObject): boolean {
  const value = dig(labels, String(dig(expression, 'key')));
  const isListed = digList(expression, 'values').includes(value);
  switch (dig(expression, 'operator')) {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}

function overlap({ object, instance, origin, cluster }: Manifest, other: Manifest): Problem {
  const revision = instance?.revision.name ?? '';
  const message = `on ${cluster}, the selector of ${object.kind} ${object.metadata.name} (${revision}) also takes pods of ${other.object.metadata.name} (${other.instance?.revision.name ?? ''})`;
  const hint = 'Add to this selector and to the labels of the pods: app.oam.dev/appRevision: {{context.appRevision}}';
  return problem('OVERLAPPING_SELECTORS', origin, message, {
    hint,
    related: [{ origin: other.origin, message: 'the other pods' }],
  });
}
