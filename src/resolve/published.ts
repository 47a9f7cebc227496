import type { Catalog, Declaration, SourceFile } from '../model/catalog.ts';
import type { ApplicationRevision } from '../model/kinds.gen.ts';
import { parse } from '../load/parse.ts';
import { validate } from '../load/validate.ts';

/**
 * The published snapshots as declarations. One that stands unchanged in the tree is not read
 * again; without a mainline (`files` undefined, no Git) every snapshot of the tree is published.
 */
export function publishedSnapshots(
  catalog: Catalog,
  tree: readonly SourceFile[],
  files: readonly SourceFile[] | undefined,
): Declaration<ApplicationRevision>[] {
  if (files === undefined) return [...catalog.snapshots];
  const texts = new Map(tree.map(({ path, text }) => [path, text]));
  const inTree = new Map(catalog.snapshots.map((snapshot) => [snapshot.origin.path, snapshot]));
  return files.flatMap((file) => {
    const same = texts.get(file.path) === file.text ? inTree.get(file.path) : undefined;
    return same === undefined ? readRevisions(file) : [same];
  });
}

function readRevisions(file: SourceFile): Declaration<ApplicationRevision>[] {
  const validated = validate(parse([file]).value).value;
  return validated
    .filter(({ kind }) => kind === 'ApplicationRevision')
    .map(({ declaration }) => declaration as Declaration<ApplicationRevision>);
}
