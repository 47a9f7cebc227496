import type { Catalog, Settings, SourceFile } from './model/catalog.ts';
import type { Manifest } from './model/manifest.ts';
import type { FileTree } from './model/output.ts';
import type { Placements } from './model/placement.ts';
import { type Problem, problem, type Staged } from './model/problem.ts';
import type { Revision } from './model/revision.ts';
import { coexist } from './coexist/coexist.ts';
import { layOut } from './layout/lay-out.ts';
import { load } from './load/catalog.ts';
import { readSettings } from './load/settings.ts';
import { place } from './place/place.ts';
import { rehearse, render } from './render/render.ts';
import { derive, type HistoryStep } from './resolve/derive.ts';
import { publishedSnapshots } from './resolve/published.ts';
import { holdsPresent, type Ledger, openLedgers, type Snapshot } from './resolve/ledger.ts';
import { snapshotFolderOf } from './resolve/snapshot.ts';
import { type Published, resolveRevisions } from './resolve/resolve.ts';
import { route } from './route/route.ts';
import { startFindings } from './findings.ts';

/** One state of a config repo, read as it is asked for. The only thing that the pipeline reads. */
export interface Repo {
  readonly config: () => Promise<SourceFile | undefined>;
  readonly builtins: () => Promise<readonly SourceFile[]>;
  readonly files: (settings: Settings) => Promise<readonly SourceFile[]>;
  /** The snapshots that are published; undefined without Git, where those of the tree are. */
  readonly published: () => Promise<readonly SourceFile[] | undefined>;
  /** Every snapshot that was ever added to the mainline. */
  readonly added: () => Promise<readonly { readonly path: string; readonly commit: string; readonly date: string }[]>;
  readonly history: (
    settings: Settings,
  ) => Promise<{ readonly steps: readonly HistoryStep[]; readonly isShallow: boolean }>;
}

/** What a repo state means: everything that the commands print, compare or write. */
export interface Plan {
  readonly settings: Settings;
  readonly catalog: Catalog;
  readonly revisions: readonly Revision[];
  readonly placements: Placements;
  readonly manifests: readonly Manifest[];
  /** The output files of all clusters. */
  readonly output: FileTree;
  /** The snapshots to write and to remove. */
  readonly snapshots: { readonly writes: FileTree; readonly removals: readonly string[] };
  readonly problems: readonly Problem[];
  readonly sources: readonly SourceFile[];
}

/** What a plan depends on besides the repo. */
export interface PlanOptions {
  /** appdeploy's own version, for the config's requiredVersion. */
  readonly version: string;
  /** Another output folder than the config's, relative to the root. */
  readonly output?: string;
  /** Told the name of each stage as it begins. */
  readonly progress?: (stage: string) => void;
}

/**
 * Repo → plan. Writes nothing.
 *
 * @throws InputProblems when a stage finds errors, with all problems up to that stage
 */
export async function planRepo(
  repo: Repo,
  { version, output: override, progress = () => {} }: PlanOptions,
): Promise<Plan> {
  const config = await repo.config();
  const findings = startFindings(config === undefined ? [] : [config]);
  const configured = findings.stage(readSettings(config, version));
  const settings = override === undefined ? configured : { ...configured, output: override };

  progress('reading files');
  const files = await repo.files(settings);
  const builtins = await repo.builtins();
  findings.sources.push(...files, ...builtins);
  const catalog = findings.stage(load({ files, builtins }));

  progress('resolving revisions');
  const snapshots = publishedSnapshots(catalog, files, await repo.published());
  const ledgers = openLedgers(catalog, snapshots);
  const published = findings.stage(await gatherPublished(repo, settings, { catalog, snapshots, ledgers }));
  const { revisions, writes, removals } = findings.stage(resolveRevisions(catalog, ledgers, published));

  progress('placing');
  const placements = findings.stage(place(catalog, revisions));

  progress('rendering');
  const rendered = findings.together(render(placements), rehearse(revisions, placements));
  const routed = findings.stage(route(placements, { catalog, settings, rendered }));
  const manifests = [...rendered, ...routed];
  findings.stage({ value: undefined, problems: coexist(manifests) });
  const output = findings.stage(layOut(manifests, settings.output));

  return {
    settings,
    catalog,
    revisions,
    placements,
    manifests,
    output,
    snapshots: { writes, removals },
    problems: findings.problems(),
    sources: findings.sources,
  };
}

/** Asks Git only for what the tree does not already say. */
async function gatherPublished(
  repo: Repo,
  settings: Settings,
  { catalog, snapshots, ledgers }: OnRecord,
): Promise<Staged<Published>> {
  const changed = ledgers.filter((ledger) => !holdsPresent(ledger, ledger.recorded));
  if (changed.length === 0) return { value: { snapshots, spent: [], derived: [] }, problems: [] };
  const spent = (await repo.added()).map(({ path }) => path);
  // Derivation is a bootstrap: numbers that were ever given are not given again.
  const unpublished = changed.filter(({ id }) => !spent.some((path) => path.startsWith(snapshotFolderOf(id))));
  if (unpublished.length === 0) return { value: { snapshots, spent, derived: [] }, problems: [] };
  const { steps, isShallow } = await repo.history(settings);
  const derived = derive(
    steps,
    unpublished.map(({ id }) => id),
    catalog.definitions,
  );
  return { value: { snapshots, spent, derived }, problems: isShallow ? unpublished.flatMap(shallow) : [] };
}

/** The catalog with what is published of its Applications. */
interface OnRecord {
  readonly catalog: Catalog;
  readonly snapshots: readonly Snapshot[];
  readonly ledgers: readonly Ledger[];
}

function shallow({ id, application }: Ledger): Problem[] {
  if (application === undefined) return [];
  return [
    problem(
      'SHALLOW_HISTORY',
      application.origin,
      `${id.name} has no snapshot, and its revisions cannot be derived from a shallow clone`,
    ),
  ];
}
