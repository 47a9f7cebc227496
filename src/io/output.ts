import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { formatFile } from '../layout/lay-out.ts';
import type { ExistingEntry } from '../layout/compare.ts';
import { decodeText } from '../load/encoding.ts';
import { isGenerated } from '../load/parse.ts';

/** What stands below the output folder. */
export interface ExistingOutput {
  readonly entries: ReadonlyMap<string, ExistingEntry>;
  /** Temporary files that a killed run left behind. */
  readonly leftovers: readonly string[];
}

const temporaryName = /\.appdeploy-tmp-\d+$/;

/** The name under which a file is written before it gets its own. */
export function temporaryPath(path: string, processId: number): string {
  return `${path}.appdeploy-tmp-${processId}`;
}

/** Reads a folder below the root. Links are never followed: they are foreign. */
export async function readOutput(root: string, folder: string): Promise<ExistingOutput> {
  const entries = new Map<string, ExistingEntry>();
  const leftovers: string[] = [];
  const blocked = await nonFolder(root, folder);
  if (blocked !== undefined) return { entries: new Map([[blocked, { text: '', kind: 'foreign' }]]), leftovers };
  const found = await readdir(join(root, folder), { withFileTypes: true, recursive: true }).catch(noFolder);
  for (const entry of found) {
    if (entry.isDirectory()) continue;
    const path = relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
    if (temporaryName.test(path)) leftovers.push(path);
    else entries.set(path, entry.isFile() ? await existingEntry(root, folder, path) : { text: '', kind: 'foreign' });
  }
  return { entries, leftovers };
}

async function existingEntry(root: string, folder: string, path: string): Promise<ExistingEntry> {
  return existingText(folder, path, decodeText(await readFile(join(root, path))));
}

/** Whose a file below the output folder is. */
export function existingText(folder: string, path: string, text: string): ExistingEntry {
  const isOwned = isGenerated(text) || path === `${folder}/${formatFile}`;
  return { text, kind: isOwned ? 'owned' : 'foreign' };
}

/** The first part of the output folder's own path that is a file or a link. */
async function nonFolder(root: string, folder: string): Promise<string | undefined> {
  const parts = folder.split('/');
  for (const index of parts.keys()) {
    const path = parts.slice(0, index + 1).join('/');
    const stat = await lstat(join(root, path)).catch(() => undefined);
    if (stat !== undefined && !stat.isDirectory()) return path;
  }
  return undefined;
}

function noFolder(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
