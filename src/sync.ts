import { drainProblems } from './argocd/transitions.ts';
import type { FileChange, FileTree } from './model/output.ts';
import { outputFormat } from './model/output.ts';
import { byText } from './model/plain.ts';
import { problem, type Problem, type Staged } from './model/problem.ts';
import { compareTrees, type ExistingEntry } from './layout/compare.ts';
import { aboutFiles, formatFile } from './layout/lay-out.ts';
import type { Writes } from './io/write.ts';
import type { Plan } from './plan.ts';

/** What is on disk where the plan wants to write. */
export interface OnDisk {
  readonly output: ReadonlyMap<string, ExistingEntry>;
  /** What stands in the folders of snapshots and placement records, by path. */
  readonly records: ReadonlyMap<string, ExistingEntry>;
}

/** How much of a plan is carried out. */
export interface SyncScope {
  /** Only these clusters' folders; empty means everything, records included. */
  readonly clusters: readonly string[];
  readonly allowEmpty: boolean;
}

/** The changes that bring the disk in sync with a plan, and the writes that carry them out. */
export interface Sync {
  readonly changes: readonly FileChange[];
  readonly writes: Writes;
}

/** Plan + disk → changes. Pure; records come first, so that they are there when output names them. */
export function syncPlan(plan: Plan, onDisk: OnDisk, scope: SyncScope): Staged<Sync> {
  const isInScope = scopeFilter(plan.settings.output, scope.clusters);
  const wanted = new Map([...plan.output].filter(([path]) => isInScope(path)));
  const output = compareTrees(
    wanted,
    new Map(
      [...onDisk.output].filter(([path]) => isInScope(path) || !path.startsWith(`${plan.settings.output}/clusters/`)),
    ),
  );
  const pruned = output.value.filter(
    ({ path, action }) =>
      action !== 'delete' || (isInScope(path) && (scope.clusters.length === 0 || !isAbout(path, plan.settings.output))),
  );
  const records =
    scope.clusters.length > 0 ? { value: [], problems: [] } : compareRecords(plan.records, onDisk.records);
  const changes = [...records.value, ...pruned];
  const problems = [
    ...formatProblems(plan, onDisk.output),
    ...emptyProblems(plan, onDisk.output, scope),
    ...records.problems,
    ...output.problems,
    ...drainProblems(
      plan.manifests.filter(({ cluster }) => scope.clusters.length === 0 || scope.clusters.includes(cluster)),
      plan.settings.output,
      onDisk.output,
    ),
  ];
  return { value: { changes, writes: toWrites(changes, new Map([...plan.records.writes, ...wanted])) }, problems };
}

function scopeFilter(output: string, clusters: readonly string[]): (path: string) => boolean {
  if (clusters.length === 0) return () => true;
  return (path) =>
    isAbout(path, output) || clusters.some((cluster) => path.startsWith(`${output}/clusters/${cluster}/`));
}

function isAbout(path: string, output: string): boolean {
  return aboutFiles(output).some(([each]) => each === path);
}

function compareRecords({ writes, removals }: Plan['records'], existing: OnDisk['records']): Staged<FileChange[]> {
  const { value, problems } = compareTrees(writes, existing);
  const removed = removals.map((path): FileChange => ({ path, action: 'delete' }));
  return {
    value: [...value.filter(({ action }) => action !== 'delete'), ...removed].toSorted((a, b) =>
      byText(a.path, b.path),
    ),
    problems,
  };
}

function formatProblems({ settings }: Plan, existing: OnDisk['output']): Problem[] {
  const path = `${settings.output}/${formatFile}`;
  const text = existing.get(path)?.text.trim();
  if (text === undefined || Number(text) <= outputFormat) return [];
  return [
    problem(
      'OUTPUT_FORMAT',
      { path, line: 1, column: 1 },
      `the output has format ${JSON.stringify(text)}; this version knows up to ${outputFormat}`,
    ),
  ];
}

function emptyProblems({ settings, output }: Plan, existing: OnDisk['output'], { allowEmpty }: SyncScope): Problem[] {
  // Applications are made of what is rendered, and an AppProject is always there.
  const isManifest = (path: string): boolean => path.startsWith(`${settings.output}/clusters/`);
  const owned = [...existing].filter(([path, { kind }]) => kind === 'owned' && isManifest(path)).length;
  if ([...output.keys()].some(isManifest) || owned === 0 || allowEmpty || settings.allowEmpty) return [];
  return [
    problem(
      'EMPTY_RESULT',
      { path: settings.output, line: 1, column: 1 },
      `nothing is left to render; all ${owned} generated files here would be deleted`,
    ),
  ];
}

function toWrites(changes: readonly FileChange[], texts: FileTree): Writes {
  const written = changes.filter(({ action }) => action !== 'delete');
  return {
    files: new Map(written.map(({ path }) => [path, texts.get(path) ?? ''])),
    removals: changes.filter(({ action }) => action === 'delete').map(({ path }) => path),
  };
}
