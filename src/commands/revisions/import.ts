import { decodeText } from '../../load/encoding.ts';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputProblems } from '../../findings.ts';
import { writeChanges } from '../../io/write.ts';
import { qualifiedName, type SourceFile } from '../../model/catalog.ts';
import { hasErrors, problem, type Problem } from '../../model/problem.ts';
import type { Revision } from '../../model/revision.ts';
import { resolveRepo } from '../../pipeline.ts';
import type { Repo, ResolvedRepo } from '../../plan.ts';
import { inFormat } from '../../resolve/content.ts';
import { importRevisions } from '../../resolve/import.ts';
import { isBlob, listingsOf } from '../../resolve/record.ts';
import { importedAnnotation, readSnapshot, snapshotPath, snapshotText } from '../../resolve/snapshot.ts';
import { type Command, commonOptions, type Context, textOption, UsageError } from '../command.ts';
import { repoHere } from '../plan.ts';

/** `appdeploy revisions import` */
export const importCommand: Command = {
  name: 'revisions import',
  summary: 'take over the ApplicationRevisions of a live KubeVela, with their numbers',
  usage: '-f FILE',
  positionals: { min: 0, max: 0 },
  options: {
    file: {
      type: 'string',
      short: 'f',
      value: 'FILE',
      help: 'YAML or JSON that kubectl printed; - for standard input',
    },
    ...commonOptions,
  },
  details:
    'kubectl get applicationrevisions --all-namespaces -o yaml | appdeploy revisions import -f -\nAll are taken over or none is.',
  run: async (_args, values, context) => {
    const name = textOption(values, 'file');
    if (name === undefined) throw new UsageError('-f FILE is missing');
    const { root, repo } = await repoHere(values, context);
    const source = await readInput(name, context);
    const { value: live, problems } = importRevisions(source);
    const resolved = await resolveRepo(repo, context);
    const record = await recordOf(resolved, repo);
    const revisions = live.map((revision) => asRecorded(revision, record));
    const found = [...problems, ...clashesWith(revisions, record)];
    if (hasErrors(found)) throw new InputProblems(found, [source]);
    const existing = new Set(resolved.catalog.snapshots.map(({ origin }) => origin.path));
    const files = new Map(revisions.map(fileOf).filter(([path]) => !existing.has(path)));
    await writeChanges(root, { files, removals: [] }, context.processId);
    if (values['quiet'] === true) return 0;
    for (const path of files.keys()) context.stdout(`wrote ${path}\n`);
    const kept = revisions.length - files.size;
    context.stdout(`${files.size} imported${kept === 0 ? '' : `, ${kept} already there`}\n`);
    return 0;
  },
};

async function readInput(name: string, { cwd, readStdin }: Context): Promise<SourceFile> {
  if (name === '-') return { path: '<stdin>', text: await readStdin() };
  const bytes = await readFile(resolve(cwd, name)).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`cannot read ${name}: ${error.code ?? error.message}`);
  });
  return { path: name, text: decodeText(bytes) };
}

function fileOf(revision: Revision): [string, string] {
  const text = snapshotText(revision, { [importedAnnotation]: 'true' });
  return [snapshotPath(revision.application, revision.number), text];
}

/** What stands here and on the mainline. */
interface OnRecord {
  readonly here: (revision: Revision) => Revision | undefined;
  /** The blobs of a snapshot on the mainline, and the last one that was deleted. */
  readonly blobsOf: (path: string) => readonly string[];
}

async function recordOf({ catalog, record }: ResolvedRepo, repo: Repo): Promise<OnRecord> {
  const standing = new Map(catalog.snapshots.map((snapshot) => [qualifiedName(snapshot), readSnapshot(snapshot)]));
  const history = await repo.snapshotHistory(record.mainline);
  const listings = [...listingsOf(record.mainline).map(({ blobs }) => blobs), history.gone];
  return {
    here: ({ application, name }) => standing.get(qualifiedName({ ...application, name })),
    blobsOf: (path) => listings.flatMap((blobs) => blobs.get(path) ?? []),
  };
}

/** One that an earlier version took over is the same revision, in the render format that it got then. */
function asRecorded(revision: Revision, { here, blobsOf }: OnRecord): Revision {
  const standing = here(revision);
  if (standing !== undefined) return inFormat(revision, standing.renderFormat);
  const formats = Array.from({ length: revision.renderFormat }, (_, index) => inFormat(revision, index + 1));
  const isOnRecord = (each: Revision): boolean => {
    const [path, text] = fileOf(each);
    return blobsOf(path).some((id) => isBlob(id, text));
  };
  return formats.find(isOnRecord) ?? revision;
}

/** Numbers that stand here, or on the mainline, for another content. */
function clashesWith(revisions: readonly Revision[], { here, blobsOf }: OnRecord): Problem[] {
  return revisions.flatMap((revision) => {
    const [path, text] = fileOf(revision);
    const standing = here(revision);
    const isHere = standing?.hash === revision.hash;
    const isTaken = standing === undefined && blobsOf(path).some((id) => !isBlob(id, text));
    if (isHere || (standing === undefined && !isTaken)) return [];
    return [problem('SNAPSHOT_EXISTS', revision.origin, `${revision.name} is on record here with another content`)];
  });
}
