// The programs of the end-to-end suite, and where they are kept: outside the checkout, once for each
// version of them and of Go.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const toolsFolder = fileURLToPath(new URL('tools/', import.meta.url));

/** The folders with the go.mod that pin the programs' versions: Argo CD and Kubernetes do not share theirs. */
const modules = { kubernetes: toolsFolder, argocd: join(toolsFolder, 'argocd') };

const read = (module, name) => readFileSync(join(module, name), 'utf8');

/** The version that a go.mod pins. */
function pinned(module, path) {
  const line = read(module, 'go.mod')
    .split('\n')
    .find((each) => each.trim().startsWith(`${path} v`));
  return line?.trim().split(' ')[1] ?? '';
}

const argocd = 'github.com/argoproj/argo-cd/v3';

/** The Kubernetes and the Argo CD that the suite runs against. */
export const versions = {
  kubernetes: pinned(modules.kubernetes, 'k8s.io/kubernetes'),
  argocd: pinned(modules.argocd, argocd),
};

/** Each program with the module and the package that it is built from, and what is set when it is linked. */
export const programs = {
  etcd: { module: modules.kubernetes, from: 'go.etcd.io/etcd/server/v3', set: {} },
  'kube-apiserver': {
    module: modules.kubernetes,
    from: 'k8s.io/kubernetes/cmd/kube-apiserver',
    // Built outside its own repo, it would not know its version.
    set: { 'k8s.io/component-base/version.gitVersion': versions.kubernetes },
  },
  'kube-controller-manager': {
    module: modules.kubernetes,
    from: 'k8s.io/kubernetes/cmd/kube-controller-manager',
    set: {},
  },
  argocd: {
    module: modules.argocd,
    from: `${argocd}/cmd`,
    set: { [`${argocd}/common.version`]: versions.argocd.slice(1) },
  },
  kustomize: { module: modules.argocd, from: 'sigs.k8s.io/kustomize/kustomize/v5', set: {} },
};

/** The version of the Go toolchain. @throws where there is none */
export function goVersion() {
  try {
    return execFileSync('go', ['env', 'GOVERSION'], { cwd: toolsFolder, encoding: 'utf8' }).trim();
  } catch {
    throw new Error(
      'the end-to-end suite builds kube-apiserver, etcd and Argo CD with Go, and there is no `go` on the PATH: install Go from https://go.dev/dl/ (1.26 or newer)',
    );
  }
}

/** The path of a built program, in a folder for each version of it. @throws where there is no Go */
export function programPath(name) {
  const { module, from, set } = programs[name];
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const parts = [read(module, 'go.mod'), read(module, 'go.sum'), goVersion(), process.arch, from, JSON.stringify(set)];
  const key = createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
  return join(cache, 'appdeploy', 'e2e', key, name);
}
