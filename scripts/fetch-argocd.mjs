// Puts Argo CD's own CRDs and installation manifest into node_modules/.cache, out of its source as the Go
// module proxy keeps it: a version there never changes, and its bytes are checked. Prints the folder.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';

const version = 'v3.6.1';
const sha256 = 'f7fa21a39dae04e030aea81151ccaca0e7541fcff6cca0dd018671189cdf1de5';
const wanted = ['manifests/install.yaml', 'manifests/crds/application-crd.yaml', 'manifests/crds/appproject-crd.yaml'];

const proxy = (process.env['GOPROXY'] ?? '').split(/[,|]/).find((each) => each.startsWith('https://'));
const address = `${proxy ?? 'https://proxy.golang.org'}/github.com/argoproj/argo-cd/v3/@v/${version}.zip`;
const cache = fileURLToPath(new URL('../node_modules/.cache/appdeploy/', import.meta.url));
const folder = join(cache, `argo-cd-${version}`);

/** Gives the folder that holds Argo CD's manifests, fetching them on the first call. */
export async function fetchArgocd() {
  if (existsSync(folder)) return folder;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${address}: its SHA-256 is ${found}, and ${sha256} is expected`);
  const names = new Map(wanted.map((path) => [`github.com/argoproj/argo-cd/v3@${version}/${path}`, basename(path)]));
  const files = Object.entries(unzipSync(bytes, { filter: ({ name }) => names.has(name) }));
  if (files.length !== wanted.length) throw new Error(`${address} lacks one of ${wanted.join(', ')}`);
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'fetch-'));
  for (const [name, content] of files) writeFileSync(join(work, names.get(name) ?? ''), content);
  renameSync(work, folder);
  return folder;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await fetchArgocd());
