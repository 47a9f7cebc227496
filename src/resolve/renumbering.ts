import type { Catalog, Declaration } from '../model/catalog.ts';
import type { Application } from '../model/kinds.gen.ts';
import type { Origin } from '../model/origin.ts';
import { originText } from '../model/origin.ts';
import { type Problem, problem } from '../model/problem.ts';
import { revisionName } from '../model/revision.ts';
import type { Ledger } from './ledger.ts';

/** A pending revision that got another number. */
export interface Renumbering {
  readonly application: Declaration<Application>;
  readonly from: string;
  readonly to: string;
  /** The branches that have the old number; empty when it gives way to another pending one. */
  readonly takenOn: readonly string[];
}

/** The numbers of ours that the pending revision does not have any more. */
export function renumberings(
  { id, pending, taken }: Ledger,
  application: Declaration<Application>,
  number: number,
): Renumbering[] {
  const lost = [...taken, ...pending.map((revision) => ({ number: revision.number, on: [] }))];
  return lost
    .filter((each) => each.number !== number)
    .map((each) => ({
      application,
      from: revisionName(id.name, each.number),
      to: revisionName(id.name, number),
      takenOn: each.on,
    }));
}

/** Tells the AppDeployments that still say an old number. */
export function renumberingProblems(renumbered: readonly Renumbering[], catalog: Catalog): Problem[] {
  return renumbered.map(({ application, from, to, takenOn }) => {
    const places = namedAt(from, application.namespace, catalog);
    const why =
      takenOn.length > 0 ? `is another content on ${takenOn.join(', ')}` : 'gives way to one pending revision';
    const hint =
      places.length === 0
        ? `No AppDeployment says ${from}.`
        : `If it is this content that is meant, write ${to} for ${from} at ${places.map(originText).join(', ')}.`;
    const related = places.map((origin) => ({ origin, message: `says ${from}` }));
    const message = `${from} ${why}; the present content of ${application.name} is now ${to}`;
    return problem('REVISION_RENUMBERED', application.locate(['metadata', 'name']), message, { hint, related });
  });
}

function namedAt(name: string, namespace: string, { appDeployments }: Catalog): Origin[] {
  return appDeployments
    .filter((each) => each.namespace === namespace)
    .flatMap(({ object, locate }) =>
      object.spec.appRevisions.flatMap(({ revisionName: named }, index) =>
        named === name ? [locate(['spec', 'appRevisions', index, 'revisionName'])] : [],
      ),
    );
}
