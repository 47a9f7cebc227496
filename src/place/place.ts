import { type Catalog, type Declaration, qualifiedName } from '../model/catalog.ts';
import type { AppDeployment, Cluster } from '../model/kinds.gen.ts';
import {
  type DirectDeployment,
  type Placement,
  type Placements,
  type Target,
  versionAnnotation,
} from '../model/placement.ts';
import { byText, groupBy } from '../model/plain.ts';
import { type Problem, problem, type Staged, stagedAll } from '../model/problem.ts';
import { type AbsentRevision, parseRevisionName, type Revision } from '../model/revision.ts';
import { isRevisionOnly } from '../load/annotations.ts';
import { chooseClusters } from './choose.ts';
import { hostTarget } from './host.ts';
import { picksOf, recordedPicks } from './record.ts';
import { replicasOf } from './replicas.ts';
import { placementRequests } from './requests.ts';

/** What placements depend on besides the catalog. */
export interface PlaceInput {
  readonly revisions: readonly Revision[];
  /** Revisions that the tree lacks, for those who name one. */
  readonly absent: readonly AbsentRevision[];
  /** Why revisions without a snapshot cannot be derived here, if they cannot. */
  readonly historyGap: string | undefined;
  /** Pick all clusters anew, whatever is recorded. */
  readonly replace: boolean;
  /** Nothing is recorded by this run, so that what is recorded must hold. */
  readonly isReader: boolean;
  /** Clusters that no placement may use. */
  readonly drained: readonly string[];
}

/** Revisions × clusters → placements. */
export function place(catalog: Catalog, input: PlaceInput): Staged<Placements> {
  const known = revisionsByName(input.revisions);
  const each = stagedAll(
    catalog.appDeployments.map((appDeployment) => placeOne(appDeployment, catalog, { ...input, known })),
  );
  const value = {
    placed: each.value.flatMap(({ placed }) => placed),
    direct: directDeployments(catalog, input),
    picks: each.value.flatMap(({ picks }) => picks),
  };
  const placed = { problems: each.problems };
  return { value, problems: [...placed.problems, ...bothAtOnce(value)] };
}

/** The same input, with the revisions by namespace and name. */
interface IndexedInput extends PlaceInput {
  readonly known: ReadonlyMap<string, Revision>;
}

function revisionsByName(revisions: readonly Revision[]): ReadonlyMap<string, Revision> {
  // The first of a name counts.
  return new Map(revisions.toReversed().map((each) => [qualifiedName({ ...each.application, name: each.name }), each]));
}

function placeOne(
  appDeployment: Declaration<AppDeployment>,
  catalog: Catalog,
  input: IndexedInput,
): Staged<Omit<Placements, 'direct'>> {
  const named = namedRevisions(appDeployment, input);
  const targets = catalog.clusters
    .filter(({ namespace }) => namespace === appDeployment.namespace)
    .map((cluster) => drainedIf(targetOf(cluster), input.drained))
    .toSorted((a, b) => byText(a.name, b.name));
  const requests = placementRequests(appDeployment, {
    targets,
    host: drainedIf(hostTarget(catalog.clusters), input.drained),
    elsewhere: catalog.clusters.filter(({ namespace }) => namespace !== appDeployment.namespace),
  });
  const problems = [...named.problems, ...requests.problems];
  if (problems.length > 0) return { value: { placed: [], picks: [] }, problems };
  const recorded = input.replace ? new Map<string, string>() : recordedPicks(appDeployment, catalog);
  const chosen = chooseClusters(appDeployment, requests.value, { recorded, isReader: input.isReader });
  const counted = stagedAll(chosen.value.map((choice) => replicasOf(appDeployment, choice)));
  const placed = counted.value.flat().flatMap(({ request, cluster, reason, replicas }): Placement[] => {
    const { field } = request;
    const revision = named.value.get(request.revision);
    return revision === undefined
      ? []
      : [{ appDeployment, revision, cluster, replicas, reason, field, origin: appDeployment.locate(field) }];
  });
  return {
    value: { placed, picks: picksOf(appDeployment, chosen.value) },
    problems: [...chosen.problems, ...counted.problems],
  };
}

function drainedIf(target: Target, drained: readonly string[]): Target {
  return drained.includes(target.name) ? { ...target, isDrained: true } : target;
}

/** A declared Cluster as placements see it. */
export function targetOf({ name, object }: Declaration<Cluster>): Target {
  const { labels = {}, annotations } = object.metadata;
  return { name, labels, version: annotations?.[versionAnnotation] };
}

/** The revisions that an AppDeployment names, by name. */
function namedRevisions(
  { namespace, object, locate }: Declaration<AppDeployment>,
  { revisions, known, absent, historyGap }: IndexedInput,
): Staged<ReadonlyMap<string, Revision>> {
  const value = new Map<string, Revision>();
  const problems: Problem[] = [];
  for (const [index, { revisionName }] of object.spec.appRevisions.entries()) {
    const origin = locate(['spec', 'appRevisions', index, 'revisionName']);
    const revision = known.get(qualifiedName({ namespace, name: revisionName }));
    if (value.has(revisionName))
      problems.push(problem('DUPLICATE_APP_REVISION', origin, `${revisionName} is listed twice`));
    else if (revision === undefined)
      problems.push(
        problem('UNKNOWN_REVISION', origin, `there is no revision ${revisionName} in namespace ${namespace}`, {
          hint: hintFor(revisionName, namespace, { revisions, absent, historyGap }),
        }),
      );
    else value.set(revisionName, revision);
  }
  return { value, problems };
}

function hintFor(
  name: string,
  namespace: string,
  { revisions, absent, historyGap }: Pick<PlaceInput, 'revisions' | 'absent' | 'historyGap'>,
): string {
  const known = absent.find((each) => each.name === name && each.namespace === namespace);
  if (known !== undefined) return known.cure;
  const inNamespace = revisions.filter(({ application }) => application.namespace === namespace);
  const application = parseRevisionName(name)?.application;
  const own = inNamespace.filter((revision) => revision.application.name === application);
  const listed = (own.length > 0 ? own : inNamespace).map((revision) => `${revision.name} (${revision.state})`);
  const gap = historyGap === undefined ? '' : ` ${name} has no snapshot to read, and ${historyGap}.`;
  return listed.length > 0
    ? `Revisions there: ${listed.join(', ')}.${gap}`
    : 'The namespace has no Application, and so no revision.';
}

function directDeployments(
  { applications, clusters }: Catalog,
  { revisions, drained }: Pick<PlaceInput, 'revisions' | 'drained'>,
): DirectDeployment[] {
  const host = hostTarget(clusters);
  if (drained.includes(host.name)) return [];
  const own = groupBy(revisions, ({ application }) => qualifiedName(application));
  return applications
    .filter((application) => !isRevisionOnly(application))
    .flatMap((application) => {
      const newest = own
        .get(qualifiedName(application))
        ?.toSorted((a, b) => a.number - b.number)
        .at(-1);
      return newest === undefined ? [] : [{ application, revision: newest, cluster: host }];
    });
}

function bothAtOnce({ placed, direct }: Placements): Problem[] {
  const uses = groupBy(placed, ({ revision }) => qualifiedName(revision.application));
  return direct.flatMap(({ application }) => {
    const use = uses.get(qualifiedName(application))?.[0];
    if (use === undefined) return [];
    const message = `${application.name} deploys to the host cluster by itself and is placed by AppDeployment ${use.appDeployment.name}`;
    return [problem('DIRECT_AND_PLACED', application.locate(['metadata', 'name']), message)];
  });
}
