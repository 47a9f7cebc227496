import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs a script that fetches something once, and gives the path that it prints. */
function fetched(script: string): string {
  const path = fileURLToPath(new URL(`../../scripts/${script}`, import.meta.url));
  return execFileSync(process.execPath, [path], { encoding: 'utf8' }).trim();
}

/** The path of the real kubectl. */
export function kubectlProgram(): string {
  return fetched('fetch-kubectl.mjs');
}

/** The folder of Argo CD's own CRDs and install.yaml. */
export function argocdManifests(): string {
  return fetched('fetch-argocd.mjs');
}
