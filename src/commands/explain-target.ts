import { relative, resolve } from 'node:path';
import { outputPath } from '../layout/path.ts';
import type { Manifest } from '../model/manifest.ts';
import { type Context, UsageError } from './command.ts';
import type { RootedPlan } from './plan.ts';

/**
 * The manifest that a path of the output means, or `Kind/name`, or `Kind/namespace/name`.
 *
 * @throws UsageError when there is none, or several
 */
export function chosenManifest(
  wanted: string,
  cluster: string | undefined,
  { root, plan }: RootedPlan,
  { cwd }: Context,
): Manifest {
  const below = relative(root, resolve(cwd, wanted)).replaceAll('\\', '/');
  const { manifests, settings } = plan;
  const inFile = manifests.find((manifest) => [below, wanted].includes(outputPath(manifest, settings.output)));
  if (inFile !== undefined) {
    if (cluster === undefined || cluster === inFile.cluster) return inFile;
    throw new UsageError(`${wanted} is on ${inFile.cluster}, and not on ${cluster}`);
  }
  if ([below, wanted].some((path) => path.startsWith(`${settings.output}/argocd/`)))
    throw new UsageError(`${wanted} is made from argocd in the config; explain shows what runs on clusters`);
  const named = manifests.filter(({ object }) => isNamed(object, wanted));
  const found = named.filter((manifest) => cluster === undefined || manifest.cluster === cluster);
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  throw new UsageError(first === undefined ? nothing(wanted, cluster, named) : several(wanted, found));
}

function isNamed({ kind, metadata: { name, namespace } }: Manifest['object'], wanted: string): boolean {
  const text = [kind.toLowerCase(), ...(namespace === undefined ? [] : [namespace]), name].join('/');
  const [asked = '', ...rest] = wanted.split('/');
  const lower = [asked.toLowerCase(), ...rest].join('/');
  return lower === text || lower === `${kind.toLowerCase()}/${name}`;
}

function nothing(wanted: string, cluster: string | undefined, elsewhere: readonly Manifest[]): string {
  if (elsewhere.length > 0) return `${wanted} is not on ${cluster ?? ''}; it is on ${clustersOf(elsewhere)}`;
  return `nothing rendered is ${JSON.stringify(wanted)}; write a path below the output folder, or Kind/name, or Kind/namespace/name`;
}

function several(wanted: string, found: readonly Manifest[]): string {
  const namespaces = [...new Set(found.map(({ object }) => object.metadata.namespace ?? ''))];
  const clusters = new Set(found.map(({ cluster }) => cluster));
  if (namespaces.length === 1 && clusters.size < found.length) {
    const versions = [...new Set(found.map(({ object }) => object.apiVersion))].join(', ');
    return `${wanted} is of several API versions: ${versions}; write the path of its file below the output folder`;
  }
  return namespaces.length > 1
    ? `${wanted} is in several namespaces: ${namespaces.join(', ')}; write Kind/namespace/name`
    : `${wanted} is on several clusters: ${clustersOf(found)}; choose one with --cluster`;
}

function clustersOf(manifests: readonly Manifest[]): string {
  return [...new Set(manifests.map(({ cluster }) => cluster))].join(', ');
}
