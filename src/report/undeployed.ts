import { qualifiedName } from '../model/catalog.ts';
import { groupBy } from '../model/plain.ts';
import type { Plan } from '../plan.ts';

/** An Application whose present content runs nowhere, though an older revision of it does. */
export interface Undeployed {
  /** `namespace/name` */
  readonly application: string;
  readonly newest: string;
  /** The revisions that are deployed, oldest first. */
  readonly deployed: readonly string[];
}

/** The Applications whose present content is newer than every revision that is deployed. */
export function undeployed({ catalog, revisions, placements }: Plan): Undeployed[] {
  const deployed = new Set([...placements.placed, ...placements.direct].map(({ revision }) => revision));
  const byApplication = groupBy(revisions, ({ application }) => qualifiedName(application));
  return catalog.applications.flatMap((application) => {
    const key = qualifiedName(application);
    const own = (byApplication.get(key) ?? []).toSorted((a, b) => a.number - b.number);
    const newest = own.at(-1);
    const running = own.filter((revision) => deployed.has(revision));
    if (newest === undefined || running.length === 0 || deployed.has(newest)) return [];
    return [{ application: key, newest: newest.name, deployed: running.map(({ name }) => name) }];
  });
}

/** A line for each. */
export function undeployedText(found: readonly Undeployed[]): string {
  return found
    .map(
      ({ application, newest, deployed }) =>
        `The present content of ${application} (${newest}) is newer than every deployed revision (${deployed.join(', ')})\n`,
    )
    .join('');
}
