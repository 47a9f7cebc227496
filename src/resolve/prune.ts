import { qualifiedName, type SourceFile } from '../model/catalog.ts';
import { groupBy } from '../model/plain.ts';
import type { Revision } from '../model/revision.ts';
import { isRecordPath } from '../load/record-folders.ts';
import { snapshotPath } from './snapshot.ts';

/** How many of an Application's newest revisions are always kept. */
export const keptRevisions = 10;

/**
 * The published snapshots that nothing needs: neither among the newest ten of their Application,
 * nor named by any of the files. A name counts wherever it stands, in a document that does not
 * parse too, so that nothing that runs loses its snapshot.
 *
 * @param files the input of the tree and of every mainline's tip
 */
export function prunable(revisions: readonly Revision[], files: readonly SourceFile[]): string[] {
  const published = revisions.filter(({ state }) => state === 'published');
  const groups = groupBy(published, ({ application }) => qualifiedName(application));
  const old = [...groups.values()].flatMap((own) => own.toSorted((a, b) => b.number - a.number).slice(keptRevisions));
  const named = namesIn(files.filter(({ path }) => !isRecordPath(path)));
  return old
    .filter(({ name }) => !named.has(name))
    .map(({ application, number }) => snapshotPath(application, number))
    .toSorted();
}

function namesIn(files: readonly SourceFile[]): ReadonlySet<string> {
  return new Set(files.flatMap(({ text }) => text.match(/[a-z0-9][-a-z0-9]*-v[1-9]\d*/g) ?? []));
}
