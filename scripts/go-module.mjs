// Puts files of a Go module into node_modules/.cache: a version at the module proxy never changes, and its
// bytes are checked.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';

const proxy = (process.env['GOPROXY'] ?? '').split(/[,|]/).find((each) => each.startsWith('https://'));
const cache = fileURLToPath(new URL('../node_modules/.cache/appdeploy/', import.meta.url));

/** Gives the folder that holds the wanted files by their base names, fetching them on the first call. */
export async function fetchGoModule({ module, version, sha256, wanted }) {
  const folder = join(cache, `${module.replaceAll('/', '-')}-${version}`);
  if (existsSync(folder)) return folder;
  const address = `${proxy ?? 'https://proxy.golang.org'}/${module}/@v/${version}.zip`;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${address}: its SHA-256 is ${found}, and ${sha256} is expected`);
  const names = new Map(wanted.map((path) => [`${module}@${version}/${path}`, basename(path)]));
  const files = Object.entries(unzipSync(bytes, { filter: ({ name }) => names.has(name) }));
  if (files.length !== wanted.length) throw new Error(`${address} lacks one of ${wanted.join(', ')}`);
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'fetch-'));
  for (const [name, content] of files) writeFileSync(join(work, names.get(name) ?? ''), content);
  renameSync(work, folder);
  return folder;
}
