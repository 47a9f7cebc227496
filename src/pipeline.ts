import type { Catalog, Settings } from './model/catalog.ts';
import type { FileTree } from './model/output.ts';
import { byText } from './model/plain.ts';
import { argocdProblems, withApplications } from './argocd/argocd.ts';
import { withWaves } from './argocd/waves.ts';
import { coexist } from './coexist/coexist.ts';
import { layOut } from './layout/lay-out.ts';
import { load } from './load/catalog.ts';
import { filesFor } from './load/narrow.ts';
import { isRecordPath, placementFolder } from './load/record-folders.ts';
import { readSettings } from './load/settings.ts';
import { place } from './place/place.ts';
import { recordFiles } from './place/record.ts';
import { rehearse, render, type TemplateSettings } from './render/render.ts';
import { settleConflicts } from './resolve/conflicts.ts';
import { gatherDerived, gatherHistory, gatherRecord } from './resolve/gather.ts';
import { type Resolution, resolveRevisions } from './resolve/resolve.ts';
import { readSnapshots } from './resolve/standing.ts';
import { historyGap, unrecordedProblems } from './resolve/unrecorded.ts';
import { route } from './route/route.ts';
import { startFindings } from './findings.ts';
import type { LoadedRepo, Plan, PlanOptions, Repo, ResolvedRepo } from './plan.ts';

/** The settings of a repo. @throws InputProblems when the config is wrong */
export async function readSettingsOf(repo: Repo, { version }: Pick<PlanOptions, 'version'>): Promise<Settings> {
  const config = await repo.config();
  return startFindings(config === undefined ? [] : [config]).stage(readSettings(config, version));
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
  const catalog = findings.stage(load({ files, builtins, everyBuiltin: true }));
  return { catalog, templates: templateSettings(repo, settings), findings };
}

/** What rendering takes from the settings. */
export function templateSettings(repo: Repo, settings: Settings, kubernetesVersion?: string): TemplateSettings {
  return {
    cue: repo.cue(settings),
    kubernetesVersion: kubernetesVersion ?? settings.kubernetesVersion,
    initialReplicas: settings.autoscalers.initialReplicas,
  };
}

/**
 * Repo → revisions. Writes nothing.
 *
 * @throws InputProblems when a stage finds errors, with all problems up to that stage
 */
export async function resolveRepo(repo: Repo, options: PlanOptions): Promise<ResolvedRepo> {
  const { version, output: override, owner, cut = () => false, repair = false, progress = () => {} } = options;
  const config = await repo.config();
  const findings = startFindings(config === undefined ? [] : [config]);
  const configured = findings.stage(readSettings(config, version));
  const settings = override === undefined ? configured : { ...configured, output: override };

  progress('reading files');
  const [listed, builtins, mainline] = await Promise.all([
    repo.files(settings),
    repo.builtins(),
    repo.mainline(settings),
  ]);
  const found = owner === undefined ? listed : filesFor(owner, listed);
  const known = await gatherRecord(repo, mainline, found);
  const { files, settled } = settleConflicts(found, known, { repair });
  findings.sources.push(...files, ...builtins);
  const catalog = findings.stage(load({ files, builtins }));

  progress('resolving revisions');
  const snapshots = readSnapshots(catalog, files);
  const open = await gatherHistory(repo, { catalog, snapshots, settled, record: known });
  const derived = await gatherDerived(repo, open, settings, builtins);
  const resolution = findings.stage(resolveRevisions(open.books, open.ledgers, { derived, cut }));
  return {
    settings,
    catalog,
    record: open.books.record,
    resolution,
    templates: templateSettings(repo, settings, options.kubernetesVersion),
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
  const { progress = () => {}, replace = false, isReader = false, drained = [] } = options;
  const { settings, catalog, record, resolution, templates, recordPaths, findings } = await resolveRepo(repo, options);
  const { revisions, absent } = resolution;

  progress('placing');
  const placements = findings.stage(
    place(catalog, { revisions, absent, historyGap: historyGap(record.mainline), replace, isReader, drained }),
  );
  if (isReader)
    findings.stage({ value: undefined, problems: unrecordedProblems(placements, resolution.made, record.mainline) });

  progress('rendering');
  const rendered = findings.together(render(placements, templates), rehearse(revisions, placements, templates));
  const routed = findings.stage(route(placements, { catalog, settings, rendered }));
  const manifests = withWaves([...rendered, ...routed], settings.autoscalers);
  findings.stage({ value: undefined, problems: coexist(manifests) });
  const clusters = findings.stage(layOut(manifests, settings.output));
  const output = withApplications(clusters, manifests, { settings, catalog });
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
