import { createHash } from 'node:crypto';
import { groupOf, type Manifest } from '../model/manifest.ts';

/** The groups whose kinds need no group in their file names; a kind of another group carries it. */
const homeGroups = new Set([
  '',
  'apps',
  'autoscaling',
  'batch',
  'networking.istio.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
]);

/**
 * Where a manifest lives below the output folder: a function of owner and object alone.
 * `clusters/<cluster>/<namespace>/<owner>/[<namespace>.]<kind>-<name>[@<group>].yaml`
 */
export function manifestPath({ object, cluster, owner, shared }: Manifest): string {
  const { name, namespace } = object.metadata;
  const folderNamespace = shared ? (namespace ?? owner.namespace) : owner.namespace;
  const folder = `clusters/${cluster}/${folderNamespace}/${shared ? '_shared' : owner.name}`;
  const prefix = namespace === undefined || namespace === folderNamespace ? '' : `${namespace}.`;
  const group = groupOf(object.apiVersion);
  const suffix = homeGroups.has(group) ? '' : `@${group}`;
  return `${folder}/${shorten(`${prefix}${object.kind.toLowerCase()}-${escape(name)}${suffix}`)}.yaml`;
}

/** Where a manifest is written, below the root. */
export function outputPath(manifest: Manifest, output: string): string {
  return `${output}/${manifestPath(manifest)}`;
}

/** File systems allow 255 bytes, of which a temporary name takes some; a longer name ends in a hash of the whole. */
function shorten(name: string): string {
  if (name.length <= 220) return name;
  return `${name.slice(0, 200)}~${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

/** RBAC names may hold what file systems refuse or fold (`system:x`, upper case). */
function escape(name: string): string {
  return name.replace(/[^a-z0-9.-]/gu, (letter) =>
    [...new TextEncoder().encode(letter)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
}
