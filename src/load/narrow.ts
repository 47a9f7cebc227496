import type { SourceFile } from '../model/catalog.ts';
import { dig, digList, digText } from '../model/plain.ts';
import { parseRevisionName } from '../model/revision.ts';
import { mayHoldOurs } from './ours.ts';
import { parseFile } from './parse.ts';
import { isRecordPath } from './record-folders.ts';

/**
 * The files that what one owner deploys can depend on: all that hold anything besides Applications,
 * AppDeployments and records, and of these the ones that may be the owner's, or those of the Applications
 * whose revisions it places. A file is left out only where its text cannot hold the names; a few more than
 * needed may be kept.
 *
 * @param wanted the `name` or `namespace/name` of an AppDeployment or Application
 */
export function filesFor(wanted: string, files: readonly SourceFile[]): readonly SourceFile[] {
  const owner = wanted.slice(wanted.lastIndexOf('/') + 1);
  const [common, others] = [files.filter((file) => !isOfOwners(file)), files.filter(isOfOwners)];
  const own = others.filter((file) => !isRecordPath(file.path) && mayName(file.text, [owner]));
  const names = [owner, ...own.flatMap((file) => applicationsPlacedIn(file))];
  return [...common, ...others.filter(({ path, text }) => mayName(isRecordPath(path) ? path : text, names))].toSorted(
    (a, b) => (a.path < b.path ? -1 : 1),
  );
}

/** Whether a file holds records, or Applications and AppDeployments and nothing else of a kind. */
function isOfOwners({ path, text }: SourceFile): boolean {
  if (isRecordPath(path)) return true;
  if (!mayHoldOurs(text)) return false;
  const kinds = [...text.matchAll(/\bkind["']?\s*:\s*["']?([^\s"',}]+)/g)].map(([, kind]) => kind);
  return kinds.length > 0 && kinds.every((kind) => kind === 'Application' || kind === 'AppDeployment');
}

/** Whether a text can hold one of the names: as it is, or written with escapes. */
function mayName(text: string, names: readonly string[]): boolean {
  return names.some((name) => text.includes(name)) || text.includes('\\');
}

function applicationsPlacedIn(file: SourceFile): string[] {
  return parseFile(file).value.flatMap(({ value }) =>
    digList(dig(value, 'spec'), 'appRevisions').flatMap((revision) => {
      const application = parseRevisionName(digText(revision, '', 'revisionName'))?.application;
      return application === undefined ? [] : [application];
    }),
  );
}
