import type { Catalog, ObjectName, Settings, SourceFile } from './model/catalog.ts';
import type { Manifest } from './model/manifest.ts';
import type { FileTree } from './model/output.ts';
import type { Placements } from './model/placement.ts';
import type { Problem } from './model/problem.ts';
import type { Revision } from './model/revision.ts';
import type { Findings } from './findings.ts';
import type { CueEngine } from './render/cue/engine.ts';
import type { TemplateSettings } from './render/render.ts';
import type { RecordSource } from './resolve/gather.ts';
import type { Mainline, SnapshotRecord } from './resolve/record.ts';
import type { Resolution } from './resolve/resolve.ts';

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
  readonly cut?: (application: ObjectName) => boolean;
  /** Plan only what the owner of this name deploys, and what that depends on. */
  readonly owner?: string | undefined;
  /** Pick all clusters anew, whatever is recorded. */
  readonly replace?: boolean;
  /** Read published snapshots that the tree has changed as the mainline has them. */
  readonly repair?: boolean;
  /** Clusters that no placement may use, as though its placements had to go elsewhere. */
  readonly drained?: readonly string[];
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
  readonly templates: TemplateSettings;
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

/** The documents of a repo state, and how its templates are evaluated; asks nothing of Git's history. */
export interface LoadedRepo {
  readonly catalog: Catalog;
  readonly templates: TemplateSettings;
  readonly findings: Findings;
}
