// The programs of the end-to-end suite, and where they are kept: outside the checkout, once for each
// version of them and of Go.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with the go.mod that pins the programs' versions. */
export const toolsFolder = fileURLToPath(new URL('tools/', import.meta.url));

const read = (name) => readFileSync(join(toolsFolder, name), 'utf8');

/** The Kubernetes that the suite runs against. */
export const kubernetesVersion = /^\tk8s\.io\/kubernetes (v\S+)$/m.exec(read('go.mod'))?.[1] ?? '';

/** Each program with the package that it is built from, and what is set when it is linked. */
export const programs = {
  etcd: { from: 'go.etcd.io/etcd/server/v3', set: {} },
  'kube-apiserver': {
    from: 'k8s.io/kubernetes/cmd/kube-apiserver',
    // Built outside its own repo, it would not know its version.
    set: { 'k8s.io/component-base/version.gitVersion': kubernetesVersion },
  },
};

/** The version of the Go toolchain. @throws where there is none */
export function goVersion() {
  try {
    return execFileSync('go', ['env', 'GOVERSION'], { cwd: toolsFolder, encoding: 'utf8' }).trim();
  } catch {
    throw new Error(
      'the end-to-end suite builds kube-apiserver and etcd with Go, and there is no `go` on the PATH: install Go from https://go.dev/dl/ (1.26 or newer)',
    );
  }
}

/** The folder of the built programs. @throws where there is no Go */
export function programFolder() {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const parts = [read('go.mod'), read('go.sum'), goVersion(), process.arch, JSON.stringify(programs)];
  const key = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
  return join(cache, 'appdeploy', 'e2e', key);
}
