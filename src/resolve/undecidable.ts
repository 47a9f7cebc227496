import { type Declaration, qualifiedName } from '../model/catalog.ts';
import type { Application } from '../model/kinds.gen.ts';
import { type Problem, problem } from '../model/problem.ts';
import type { Ledger } from './ledger.ts';
import type { Numbering } from './numbers.ts';
import type { SnapshotRecord } from './record.ts';

/** Why no number can be given: the mainline is not known, or not all of its history is there. */
export function undecidable(
  application: Declaration<Application>,
  { isNew }: Numbering,
  { recorded, pending }: Pick<Ledger, 'recorded' | 'pending'>,
  { mainline }: SnapshotRecord,
): Problem[] {
  const blame = (reason: string): Problem[] => [
    problem(
      'UNKNOWN_MAINLINE',
      application.origin,
      `the content of ${qualifiedName(application)} has no snapshot yet, and its number cannot be told: ${reason}`,
    ),
  ];
  if (mainline.kind === 'unknown') return blame(mainline.reason);
  // Several pending revisions are derived ones, and these need the history that they came from.
  const isBootstrap = recorded.length === 0 && pending.length > 1;
  if (mainline.kind === 'known' && mainline.isShallow && (isNew || isBootstrap))
    return blame(`the clone is shallow, so that numbers given earlier on ${mainline.name} may be missing`);
  return [];
}
