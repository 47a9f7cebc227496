import { type Catalog, type Declaration, qualifiedName } from '../model/catalog.ts';
import type { AppDeployment, Cluster } from '../model/kinds.gen.ts';
import type { DirectDeployment, Placement, Placements, Target } from '../model/placement.ts';
import { byText } from '../model/plain.ts';
import { type Problem, problem, type Staged, stagedAll } from '../model/problem.ts';
import { parseRevisionName, type Revision } from '../model/revision.ts';
import { isRevisionOnly } from '../load/annotations.ts';
import { chooseClusters } from './choose.ts';
import { hostTarget } from './host.ts';
import { replicasOf } from './replicas.ts';
import { placementRequests } from './requests.ts';

/** Revisions × clusters → placements. */
export function place(catalog: Catalog, revisions: readonly Revision[]): Staged<Placements> {
  const placed = stagedAll(
    catalog.appDeployments.map((appDeployment) => placeOne(appDeployment, catalog.clusters, revisions)),
  );
  const value = { placed: placed.value.flat(), direct: directDeployments(catalog, revisions) };
  return { value, problems: [...placed.problems, ...bothAtOnce(value)] };
}

function placeOne(
  appDeployment: Declaration<AppDeployment>,
  clusters: Catalog['clusters'],
  revisions: readonly Revision[],
): Staged<Placement[]> {
  const named = namedRevisions(appDeployment, revisions);
  const targets = clusters
    .filter(({ namespace }) => namespace === appDeployment.namespace)
    .map(targetOf)
    .toSorted((a, b) => byText(a.name, b.name));
  const requests = placementRequests(appDeployment, targets, hostTarget(clusters));
  const problems = [...named.problems, ...requests.problems];
  if (problems.length > 0) return { value: [], problems };
  const chosen = chooseClusters(appDeployment, requests.value);
  const counted = stagedAll(chosen.value.map((choice) => replicasOf(appDeployment, choice)));
  const value = counted.value.flat().flatMap(({ request, cluster, reason, replicas }): Placement[] => {
    const revision = named.value.get(request.revision);
    return revision === undefined
      ? []
      : [{ appDeployment, revision, cluster, replicas, reason, origin: appDeployment.locate(request.field) }];
  });
  return { value, problems: [...chosen.problems, ...counted.problems] };
}

function targetOf({ name, object }: Declaration<Cluster>): Target {
  return { name, labels: object.metadata.labels ?? {} };
}

/** The revisions that an AppDeployment names, by name. */
function namedRevisions(
  { namespace, object, locate }: Declaration<AppDeployment>,
  revisions: readonly Revision[],
): Staged<ReadonlyMap<string, Revision>> {
  const value = new Map<string, Revision>();
  const problems: Problem[] = [];
  for (const [index, { revisionName }] of object.spec.appRevisions.entries()) {
    const origin = locate(['spec', 'appRevisions', index, 'revisionName']);
    const revision = revisions.find(
      ({ name, application }) => name === revisionName && application.namespace === namespace,
    );
    if (value.has(revisionName))
      problems.push(problem('DUPLICATE_APP_REVISION', origin, `${revisionName} is listed twice`));
    else if (revision === undefined)
      problems.push(
        problem('UNKNOWN_REVISION', origin, `there is no revision ${revisionName} in namespace ${namespace}`, {
          hint: existing(revisionName, namespace, revisions),
        }),
      );
    else value.set(revisionName, revision);
  }
  return { value, problems };
}

function existing(name: string, namespace: string, revisions: readonly Revision[]): string {
  const inNamespace = revisions.filter(({ application }) => application.namespace === namespace);
  const application = parseRevisionName(name)?.application;
  const own = inNamespace.filter((revision) => revision.application.name === application);
  const listed = (own.length > 0 ? own : inNamespace).map((revision) => `${revision.name} (${revision.state})`);
  return listed.length > 0
    ? `Revisions there: ${listed.join(', ')}.`
    : 'The namespace has no Application, and so no revision.';
}

function directDeployments({ applications, clusters }: Catalog, revisions: readonly Revision[]): DirectDeployment[] {
  return applications
    .filter((application) => !isRevisionOnly(application))
    .flatMap((application) => {
      const own = revisions.filter((revision) => qualifiedName(revision.application) === qualifiedName(application));
      const newest = own.toSorted((a, b) => a.number - b.number).at(-1);
      return newest === undefined ? [] : [{ application, revision: newest, cluster: hostTarget(clusters) }];
    });
}

function bothAtOnce({ placed, direct }: Placements): Problem[] {
  return direct.flatMap(({ application }) => {
    const use = placed.find(({ revision }) => qualifiedName(revision.application) === qualifiedName(application));
    if (use === undefined) return [];
    const message = `${application.name} deploys to the host cluster by itself and is placed by AppDeployment ${use.appDeployment.name}`;
    return [problem('DIRECT_AND_PLACED', application.locate(['metadata', 'name']), message)];
  });
}
