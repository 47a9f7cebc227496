import { readOutput } from '../io/output.ts';
import type { FileChange } from '../model/output.ts';
import { hostCluster } from '../model/placement.ts';
import type { Problem } from '../model/problem.ts';
import type { ExistingEntry } from '../layout/compare.ts';
import { snapshotFolder } from '../load/catalog.ts';
import type { Plan } from '../pipeline.ts';
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
  const output = await readOutput(root, plan.settings.output);
  const folder = await readOutput(root, snapshotFolder);
  const clusters = ((values['cluster'] as string[] | undefined) ?? []).map((name) =>
    knownCluster(name, plan, output.entries),
  );
  const { value: sync, problems } = syncPlan(
    plan,
    { output: output.entries, snapshots: snapshotEntries(plan, folder.entries) },
    { clusters, allowEmpty: values['allow-empty'] === true },
  );
  return { sync, problems, changes: sync.changes, leftovers: [...output.leftovers, ...folder.leftovers] };
}

/** A file in a snapshot's place is ours when it holds a snapshot. */
function snapshotEntries(
  { catalog }: Plan,
  entries: ReadonlyMap<string, ExistingEntry>,
): ReadonlyMap<string, ExistingEntry> {
  const snapshots = new Set(catalog.snapshots.map(({ origin }) => origin.path));
  return new Map(
    [...entries].map(([path, { text }]) => [path, { text, kind: snapshots.has(path) ? 'owned' : 'foreign' }]),
  );
}

function knownCluster(name: string, { catalog, settings }: Plan, existing: ReadonlyMap<string, ExistingEntry>): string {
  const folder = `${settings.output}/clusters/${name}/`;
  const names = [hostCluster, ...catalog.clusters.map((cluster) => cluster.name)];
  if (names.includes(name) || [...existing.keys()].some((path) => path.startsWith(folder))) return name;
  throw new UsageError(`there is no cluster ${JSON.stringify(name)}; known are ${[...new Set(names)].join(', ')}`);
}
