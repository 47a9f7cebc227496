import type { SourceFile } from '../model/catalog.ts';
import { isGenerated } from '../load/parse.ts';
import { folderOf } from '../argocd/names.ts';
import { isBlob, listingsOf, type Mainline } from '../resolve/record.ts';
import { parseSnapshotPath, readSnapshotFile } from '../resolve/snapshot.ts';
import { argocdObjects, objectsIn, revisionState } from './from-plan.ts';
import type { FleetObject, FleetState, RevisionState } from './state.ts';

/**
 * What committed output deploys, with nothing rendered: for a side that this version would render
 * otherwise, or cannot render.
 *
 * @param files those of the output folder and of the snapshots
 */
export function stateOfOutput(files: readonly SourceFile[], output: string, mainline: Mainline): FleetState {
  const owned = files.filter(({ text }) => isGenerated(text)).map(({ path, text }) => [path, text] as const);
  const placed = owned.flatMap(([path, text]): FleetObject[] => {
    const folder = folderOf(path, output);
    if (folder === undefined) return [];
    const { cluster, namespace, owner } = folder;
    return objectsIn(path, text).map((object) => ({ cluster, owner: `${namespace}/${owner}`, object }));
  });
  return {
    objects: [...placed, ...argocdObjects(owned, output)],
    revisions: files.flatMap((file) => snapshotState(file, mainline)),
    definitions: [],
  };
}

/** Published is what the mainline has with the same bytes; all of them where none is known. */
function snapshotState(file: SourceFile, mainline: Mainline): RevisionState[] {
  const revision = parseSnapshotPath(file.path) === undefined ? undefined : readSnapshotFile(file);
  if (revision === undefined) return [];
  const isPublished =
    mainline.kind !== 'known' ||
    listingsOf(mainline).some(({ blobs }) => isBlob(blobs.get(file.path) ?? '', file.text));
  return [{ ...revisionState(revision), isPublished }];
}
