import type { Catalog, ObjectName, Settings, SourceFile } from './model/catalog.ts';
import type { Manifest } from './model/manifest.ts';
import type { FileTree } from './model/output.ts';
import type { Placements } from './model/placement.ts';
import { byText } from './model/plain.ts';
import { type Problem, problem } from './model/problem.ts';
import type { Revision } from './model/revision.ts';
import { argocdFiles } from './argocd/applications.ts';
import { clusterGoneProblems } from './argocd/clusters-gone.ts';
import { withWaves } from './argocd/waves.ts';
import { coexist } from './coexist/coexist.ts';
import { formatFileOf, layOut } from './layout/lay-out.ts';
import { load } from './load/catalog.ts';
import { isRecordPath, placementFolder } from './load/record-folders.ts';
import { readSettings } from './load/settings.ts';
import { place } from './place/place.ts';
import { recordFiles } from './place/record.ts';
import type { CueEngine } from './render/cue/engine.ts';
import { rehearse, render, type TemplateSettings } from './render/render.ts';
import { settleConflicts } from './resolve/conflicts.ts';
import { gatherDerived, gatherHistory, gatherRecord, type RecordSource } from './resolve/gather.ts';
import type { Mainline, SnapshotRecord } from './resolve/record.ts';
import { type Resolution, resolveRevisions } from './resolve/resolve.ts';
import { readSnapshots } from './resolve/standing.ts';
import { unrecordedProblems } from './resolve/unrecorded.ts';
import { route } from './route/route.ts';
import { type Findings, startFindings } from './findings.ts';

/** One state of a config repo, read as it is asked for. The only thing that the pipeline reads. */
export interface Repo extends RecordSource {
  readonly config: () => Promise<SourceFile | undefined>;
  readonly builtins: () => Promise<readonly SourceFile[]>;
  readonly files: (settings: Settings) => Promise<readonly SourceFile[]>;
  /** Where the root lies in the repo: empty, or ending in a slash; undefined without Git. */
  readonly prefix: () => Promise<string | undefined>;
  /** The folders below a folder, as the merge-base with the mainline has them. */
  readonly foldersAtBase: (mainline: Mainline, folder: string) => Promise<readonly string[]>;
  /** Evaluates definitions in CUE; starts nothing before it is asked to. */
  readonly cue: (settings: Settings) => CueEngine;
  /** The input files as a commit has them. */
  readonly filesAt: (commit: string, settings: Settings) => Promise<readonly SourceFile[]>;
}

/** What a plan depends on besides the repo. */
export interface PlanOptions {
  /** appdeploy's own version, for the config's requiredVersion. */
  readonly version: string;
  /** Another output folder than the config's, relative to the root. */
  readonly output?: string;
  /** Applications that get a new revision though only a definition changed. */
  readonly cut?: readonly ObjectName[];
  /** Pick all clusters anew, whatever is recorded. */
  readonly replace?: boolean;
  /** Read published snapshots that the tree has changed as the mainline has them. */
  readonly repair?: boolean;
  /** The plan is for a reader that records nothing, so that what it deploys must be on record. */
  readonly isReader?: boolean;
  /** The Kubernetes version of clusters that do not say theirs, in place of the config's. */
  readonly kubernetesVersion?: string | undefined;
  /** Told the name of each stage as it begins. */
  readonly progress?: (stage: string) => void;
}

/** A repo state with its revisions: the part of a plan that the verbs of revisions need. */
export interface ResolvedRepo {
  readonly settings: Settings;
  readonly catalog: Catalog;
  readonly record: SnapshotRecord;
  readonly resolution: Resolution;
  /** The paths of the records that were read from the mainline instead of the tree. */
  readonly settled: readonly string[];
  /** The paths of our records that stand in the tree. */
  readonly recordPaths: readonly string[];
  readonly findings: Findings;
}

/** What a repo state means: everything that the commands print, compare or write. */
export interface Plan {
  readonly settings: Settings;
  readonly catalog: Catalog;
  readonly record: SnapshotRecord;
  readonly revisions: readonly Revision[];
  readonly placements: Placements;
  readonly manifests: readonly Manifest[];
  /** The output files of all clusters. */
  readonly output: FileTree;
  /** Snapshots and placement records to write and to remove, and the paths of those that stand there. */
  readonly records: {
    readonly writes: FileTree;
    readonly removals: readonly string[];
    readonly owned: readonly string[];
  };
  readonly problems: readonly Problem[];
  readonly sources: readonly SourceFile[];
}

/** The settings of a repo. @throws InputProblems when the config is wrong */
export async function readSettingsOf(repo: Repo, { version }: Pick<PlanOptions, 'version'>): Promise<Settings> {
  const config = await repo.config();
  return startFindings(config === undefined ? [] : [config]).stage(readSettings(config, version));
}

/** The documents of a repo state, and how its templates are evaluated; asks nothing of Git's history. */
export interface LoadedRepo {
  readonly catalog: Catalog;
  readonly templates: TemplateSettings;
  readonly findings: Findings;
}

/**
 * Repo → catalog. Writes nothing.
 *
 * @throws InputProblems when a document is wrong
 */
export async function loadRepo(repo: Repo, options: Pick<PlanOptions, 'version'>): Promise<LoadedRepo> {
  const settings = await readSettingsOf(repo, options);
  const files = await repo.files(settings);
  const builtins = await repo.builtins();
  const findings = startFindings([...files, ...builtins]);
  const catalog = findings.stage(load({ files, builtins }));
  return { catalog, templates: templateSettings(repo, settings), findings };
}

function templateSettings(repo: Repo, settings: Settings): TemplateSettings {
  return { cue: repo.cue(settings), kubernetesVersion: settings.kubernetesVersion };
}

/**
 * Repo → revisions. Writes nothing.
 *
 * @throws InputProblems when a stage finds errors, with all problems up to that stage
 */
export async function resolveRepo(
  repo: Repo,
  { version, output: override, cut = [], repair = false, progress = () => {} }: PlanOptions,
): Promise<ResolvedRepo> {
  const config = await repo.config();
  const findings = startFindings(config === undefined ? [] : [config]);
  const configured = findings.stage(readSettings(config, version));
  const settings = override === undefined ? configured : { ...configured, output: override };

  progress('reading files');
  const found = await repo.files(settings);
  const builtins = await repo.builtins();
  const known = await gatherRecord(repo, settings, found);
  const { files, settled } = settleConflicts(found, known, { repair });
  findings.sources.push(...files, ...builtins);
  const catalog = findings.stage(load({ files, builtins }));

  progress('resolving revisions');
  const snapshots = readSnapshots(catalog, files);
  const open = await gatherHistory(repo, { catalog, snapshots, settled, record: known });
  const derived = await gatherDerived(repo, open, settings);
  const resolution = findings.stage(resolveRevisions(open.books, open.ledgers, { derived, cut }));
  return {
    settings,
    catalog,
    record: open.books.record,
    resolution,
    settled: [...settled.keys()],
    recordPaths: ownedRecords(catalog, [...settled.keys()]),
    findings,
  };
}

/**
 * Repo → plan. Writes nothing.
 *
 * @throws InputProblems when a stage finds errors, with all problems up to that stage
 */
export async function planRepo(repo: Repo, options: PlanOptions): Promise<Plan> {
  const { progress = () => {}, replace = false, isReader = false } = options;
  const { settings, catalog, record, resolution, recordPaths, findings } = await resolveRepo(repo, options);
  const { revisions, absent } = resolution;

  progress('placing');
  const placements = findings.stage(place(catalog, { revisions, absent, replace, isReader }));
  if (isReader)
    findings.stage({ value: undefined, problems: unrecordedProblems(placements, resolution.made, record.mainline) });

  progress('rendering');
  const { cue, kubernetesVersion } = templateSettings(repo, settings);
  const templates = { cue, kubernetesVersion: options.kubernetesVersion ?? kubernetesVersion };
  const rendered = findings.together(render(placements, templates), rehearse(revisions, placements, templates));
  const routed = findings.stage(route(placements, { catalog, settings, rendered }));
  const manifests = withWaves([...rendered, ...routed]);
  findings.stage({ value: undefined, problems: coexist(manifests) });
  const clusters = findings.stage(layOut(manifests, settings.output));
  const output = withApplications(clusters, settings, catalog);
  findings.stage({ value: undefined, problems: await argocdProblems(repo, { settings, catalog, record }) });

  return {
    settings,
    catalog,
    record,
    revisions,
    placements,
    manifests,
    output,
    records: recordChanges(resolution, recordFiles(placements.picks), recordPaths),
    problems: findings.problems(),
    sources: findings.sources,
  };
}

/** What would go wrong when Argo CD applies this; asked only where it has Applications. */
async function argocdProblems(
  repo: Repo,
  { settings, catalog, record }: Pick<ResolvedRepo, 'settings' | 'catalog' | 'record'>,
): Promise<Problem[]> {
  const { argocd, output } = settings;
  if (argocd === undefined) return [];
  const prefix = await repo.prefix();
  const deployedTo = await repo.foldersAtBase(record.mainline, `${output}/clusters`);
  const wrongPath =
    prefix === undefined || prefix === argocd.path
      ? []
      : [
          problem(
            'ARGOCD_PATH',
            argocd.origin,
            `the root lies at "${prefix}" in the repo; argocd.path says "${argocd.path}"`,
          ),
        ];
  return [...wrongPath, ...clusterGoneProblems(deployedTo, catalog, settings)];
}

/** The output tree with Argo CD's Applications, where the config asks for them. */
function withApplications(clusters: FileTree, { argocd, output }: Settings, catalog: Catalog): FileTree {
  if (argocd === undefined) return clusters;
  const names = catalog.clusters.map(({ name }) => name);
  const files = argocdFiles(clusters, { argocd, output, clusters: names });
  return new Map([...clusters, ...files, ...formatFileOf(output)].toSorted(([a], [b]) => byText(a, b)));
}

function ownedRecords({ snapshots, placementRecords }: Catalog, settled: readonly string[]): string[] {
  return [...new Set([...[...snapshots, ...placementRecords].map(({ origin }) => origin.path), ...settled])].filter(
    isRecordPath,
  );
}

/** Placement records that no pick asks for go; snapshots go as the resolution says. */
function recordChanges({ writes, removals }: Resolution, picks: FileTree, owned: readonly string[]): Plan['records'] {
  const stale = owned.filter((path) => path.startsWith(`${placementFolder}/`) && !picks.has(path));
  const sorted = [...writes, ...picks].toSorted(([a], [b]) => byText(a, b));
  return { writes: new Map(sorted), removals: [...removals, ...stale], owned };
}
