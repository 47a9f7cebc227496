import type { WorkTree } from '../io/git.ts';
import { type ExistingOutput, readOutput } from '../io/output.ts';
import { readStagedOutput } from '../io/staged.ts';
import type { FileChange } from '../model/output.ts';
import { hostCluster } from '../model/placement.ts';
import type { Problem } from '../model/problem.ts';
import type { ExistingEntry } from '../layout/compare.ts';
import { holdsRecord } from '../load/record-files.ts';
import { placementFolder, snapshotFolder } from '../load/record-folders.ts';
import type { Plan } from '../plan.ts';
import { type Sync, syncPlan } from '../sync.ts';
import { type OptionValues, UsageError } from './command.ts';
import type { RootedPlan } from './plan.ts';

/** A plan compared with the disk. */
export interface Comparison {
  readonly sync: Sync;
  readonly problems: readonly Problem[];
  readonly changes: readonly FileChange[];
  /** Temporary files of killed runs. */
  readonly leftovers: readonly string[];
}

/** Compares a plan with what stands on disk, under --cluster and --allow-empty. */
export async function compareWithDisk({ root, plan }: RootedPlan, values: OptionValues): Promise<Comparison> {
  return compareWith((folder) => readOutput(root, folder), plan, values);
}

/** Compares a plan with what is staged. */
export async function compareWithStaged(staged: WorkTree, plan: Plan, values: OptionValues): Promise<Comparison> {
  return compareWith((folder) => readStagedOutput(staged, folder), plan, values);
}

async function compareWith(
  read: (folder: string) => Promise<ExistingOutput>,
  plan: Plan,
  values: OptionValues,
): Promise<Comparison> {
  const output = await read(plan.settings.output);
  const folders = [await read(snapshotFolder), await read(placementFolder)];
  const standing = new Map(folders.flatMap(({ entries }) => [...entries]));
  const clusters = ((values['cluster'] as string[] | undefined) ?? []).map((name) =>
    knownCluster(name, plan, output.entries),
  );
  const { value: sync, problems } = syncPlan(
    plan,
    { output: output.entries, records: recordEntries(plan, standing) },
    { clusters, allowEmpty: values['allow-empty'] === true },
  );
  return { sync, problems, changes: sync.changes, leftovers: [output, ...folders].flatMap((each) => each.leftovers) };
}

/** A file in a record's place is ours when it holds a record; under --staged the plan knows the staged ones alone. */
function recordEntries(
  { records }: Plan,
  entries: ReadonlyMap<string, ExistingEntry>,
): ReadonlyMap<string, ExistingEntry> {
  const owned = new Set(records.owned);
  return new Map(
    [...entries].map(([path, { text }]) => [
      path,
      { text, kind: owned.has(path) || holdsRecord({ path, text }) ? 'owned' : 'foreign' },
    ]),
  );
}

function knownCluster(name: string, { catalog, settings }: Plan, existing: ReadonlyMap<string, ExistingEntry>): string {
  const folder = `${settings.output}/clusters/${name}/`;
  const names = knownClusters({ catalog });
  if (names.includes(name) || [...existing.keys()].some((path) => path.startsWith(folder))) return name;
  throw new UsageError(`there is no cluster ${JSON.stringify(name)}; known are ${names.join(', ')}`);
}

/** The names of all clusters, the host's first. */
export function knownClusters({ catalog }: Pick<Plan, 'catalog'>): string[] {
  return [...new Set([hostCluster, ...catalog.clusters.map(({ name }) => name)])];
}
