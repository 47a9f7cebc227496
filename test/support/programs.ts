import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

/** The folder of Argo CD's install.yaml, with its CRDs in crds/. */
export function argocdManifests(): string {
  return fetched('fetch-argocd.mjs');
}

/** The JSON Schema of SARIF 2.1.0, as OASIS publishes it. */
export function sarifSchema(): Readonly<Record<string, unknown>> {
  const source = readFileSync(fetched('fetch-sarif-schema.mjs'), 'utf8');
  const text = source.slice(source.indexOf('`') + 1, source.lastIndexOf('`'));
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
