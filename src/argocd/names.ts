import { createHash } from 'node:crypto';
import { byText } from '../model/plain.ts';

/** What one Argo CD Application deploys: an output folder. */
export interface OutputFolder {
  /** Path below the output folder, `clusters/east/shop/web`. */
  readonly path: string;
  readonly cluster: string;
  readonly namespace: string;
  /** The AppDeployment's or Application's name; `_shared` for shared Gateways. */
  readonly owner: string;
}

/**
 * The name of a folder's Application: readable, at most 63 characters, and ending in a hash of
 * namespace, owner and cluster, so that it is unique and the same for ever.
 */
export function applicationName({ namespace, owner, cluster }: OutputFolder): string {
  const hash = createHash('sha256').update(`${namespace}/${owner}/${cluster}`).digest('hex').slice(0, 8);
  const readable = `${owner.replace(/^_/, '')}-${namespace}-${cluster}`.toLowerCase().replace(/[^a-z0-9-]/g, '-');
  const trimmed = readable.slice(0, 63 - hash.length - 1).replace(/^-+|-+$/g, '');
  return `${trimmed}-${hash}`;
}

/** The folder that a generated file lies in; undefined for files that belong to no cluster. */
export function folderOf(path: string, output: string): OutputFolder | undefined {
  if (!path.startsWith(`${output}/clusters/`)) return undefined;
  const [clusters = '', cluster = '', namespace = '', owner = ''] = path.slice(output.length + 1).split('/');
  return { path: [clusters, cluster, namespace, owner].join('/'), cluster, namespace, owner };
}

/** The folders that generated files lie in, each once, sorted by path. */
export function outputFolders(paths: Iterable<string>, output: string): OutputFolder[] {
  const folders = [...paths].flatMap((path) => folderOf(path, output) ?? []);
  return [...new Map(folders.map((folder) => [folder.path, folder])).values()].toSorted((a, b) =>
    byText(a.path, b.path),
  );
}

/** Whether a folder is meant by its owner's `name` or `namespace/name`; shared Gateways are `namespace/_shared`. */
export function isOwnedBy({ namespace, owner }: OutputFolder, wanted: string): boolean {
  return wanted === owner || wanted === `${namespace}/${owner}`;
}
