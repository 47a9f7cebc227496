import type { Manifest } from '../model/manifest.ts';
import type { FileTree } from '../model/output.ts';
import { byText } from '../model/plain.ts';
import { type Problem, problem } from '../model/problem.ts';
import { aboutFiles } from '../layout/lay-out.ts';
import type { Repo, ResolvedRepo } from '../plan.ts';
import { argocdFiles } from './applications.ts';
import { clusterGoneProblems } from './clusters-gone.ts';
import { ignoredReplicas } from './ignored-replicas.ts';

/** What would go wrong when Argo CD applies this; asked only where it has Applications. */
export async function argocdProblems(
  repo: Repo,
  { settings, catalog, record }: Pick<ResolvedRepo, 'settings' | 'catalog' | 'record'>,
): Promise<Problem[]> {
  const { argocd, output } = settings;
  if (argocd === undefined) return [];
  const prefix = await repo.prefix();
  const deployedTo = await repo.foldersAtBase(record.mainline, `${output}/clusters`);
  const wrongPath =
    prefix === undefined || prefix === argocd.path
      ? []
      : [
          problem(
            'ARGOCD_PATH',
            argocd.origin,
            `the root lies at "${prefix}" in the repo; argocd.path says "${argocd.path}"`,
          ),
        ];
  return [...wrongPath, ...clusterGoneProblems(deployedTo, catalog, settings)];
}

/** The output tree with Argo CD's Applications, where the config asks for them. */
export function withApplications(
  clusters: FileTree,
  manifests: readonly Manifest[],
  { settings: { argocd, output }, catalog }: Pick<ResolvedRepo, 'settings' | 'catalog'>,
): FileTree {
  if (argocd === undefined) return clusters;
  const ignored = ignoredReplicas(manifests);
  const files = argocdFiles(clusters, { argocd, output, clusters: catalog.clusters, ignored });
  return new Map([...clusters, ...files, ...aboutFiles(output)].toSorted(([a], [b]) => byText(a, b)));
}
