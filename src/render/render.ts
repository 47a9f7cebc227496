import type { Declaration } from '../model/catalog.ts';
import type { Manifest } from '../model/manifest.ts';
import { hostCluster, type Owner, type Placements } from '../model/placement.ts';
import { type Staged, stagedAll } from '../model/problem.ts';
import type { Revision } from '../model/revision.ts';
import type { Rendering } from './context.ts';
import { assumedVersionNote } from './assumed-version.ts';
import { instanceRenderer } from './instances.ts';

/** What manifests depend on besides revision, cluster and placement. */
export type TemplateSettings = Pick<Rendering, 'cue' | 'kubernetesVersion' | 'initialReplicas'>;

/** Placements → manifests of workloads and traits. */
export function render(placements: Placements, templates: TemplateSettings): Staged<Manifest[]> {
  const { placed, direct } = placements;
  const renderInstance = instanceRenderer();
  const through = placed.flatMap((placement) => {
    const { appDeployment, revision, cluster } = placement;
    const owner = ownerOf('AppDeployment', appDeployment);
    return components(revision).map((part) => renderInstance({ ...part, owner, cluster, ...templates }, placement));
  });
  const alone = direct.flatMap(({ application, revision, cluster }) => {
    const owner = ownerOf('Application', application);
    return components(revision).map((part) => renderInstance({ ...part, owner, cluster, ...templates }, undefined));
  });
  const { value, problems } = stagedAll([...through, ...alone]);
  return { value: value.flat(), problems: [...problems, ...assumedVersionNote(placements, templates)] };
}

/**
 * Renders a revision that nothing deploys yet, for its problems alone: a snapshot that is written
 * down is immutable, so that its mistakes must show before.
 */
export function rehearse(
  revisions: readonly Revision[],
  { placed, direct }: Placements,
  templates: TemplateSettings,
): Staged<undefined> {
  const used = new Set([...placed, ...direct].map(({ revision }) => revision));
  const idle = revisions.filter((revision) => revision.state === 'pending' && !used.has(revision));
  const owner = (revision: Revision): Owner => ({ kind: 'AppDeployment', ...revision.application });
  const renderInstance = instanceRenderer();
  const rehearsed = idle.flatMap((revision) =>
    components(revision).map((part) =>
      renderInstance(
        { ...part, owner: owner(revision), cluster: { name: hostCluster, labels: {} }, ...templates },
        undefined,
      ),
    ),
  );
  return {
    value: undefined,
    problems: rehearsed.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error'),
  };
}

/** Names the owner of manifests. */
export function ownerOf(kind: Owner['kind'], { namespace, name }: Declaration<unknown>): Owner {
  return { kind, namespace, name };
}

function components(revision: Revision): Pick<Rendering, 'revision' | 'component' | 'index'>[] {
  return revision.spec.components.map((component, index) => ({ revision, component, index }));
}
