import type { Distribution } from '../model/kinds.gen.ts';
import type { FieldPath } from '../model/origin.ts';
import type { Placement } from '../model/placement.ts';
import { dig } from '../model/plain.ts';
import { revisionName } from '../model/revision.ts';
import { dividedReplicas } from '../place/replicas.ts';
import { replacedAt } from './field-path.ts';
import type { Input } from './input.ts';
import { ofApplication } from './name-inputs.ts';
import type { Scene } from './scene.ts';
import { variantsOf } from './variants.ts';

/** A scene through an AppDeployment. */
type PlacedScene = Extract<Scene, { kind: 'AppDeployment' }>;

/** What a placement says: its replicas, and the revision, of which another one has another number, or is another Application's. */
export function placementInputs(scene: Scene, placed: readonly Placement[]): Input[] {
  if (scene.kind !== 'AppDeployment') return [];
  const { revision, appDeployment, field } = scene;
  const number = revision.number + 1;
  const other = { ...revision, number, name: revisionName(revision.application.name, number) };
  return [
    ...distributionInputs(scene, placed),
    {
      cause: {
        kind: 'placement',
        what: 'name of the revision that is placed',
        origin: appDeployment.locate([...field.slice(0, 3), 'revisionName']),
      },
      variants: [other, ofApplication(revision, { name: `${revision.application.name}x` })].map((each) => ({
        ...scene,
        revision: each,
      })),
    },
  ];
}

/** Replicas are the same everywhere, or divided over the clusters of the placement by their weights. */
function distributionInputs(scene: PlacedScene, placed: readonly Placement[]): Input[] {
  const { appDeployment, field } = scene;
  const at = [...field, 'distribution'];
  const distribution = dig(appDeployment.object, ...at) as Distribution;
  const clusters = placed
    .filter((each) => each.appDeployment === appDeployment && each.field.join(' ') === field.join(' '))
    .map(({ cluster }) => cluster.name);
  const input = (path: FieldPath, what: string, others: readonly unknown[]): Input => ({
    cause: { kind: 'placement', what, origin: appDeployment.locate([...at, ...path]) },
    variants: others.map((value) => {
      const changed = replacedAt(distribution, path, value) as Distribution;
      return { ...scene, replicas: replicasOn(scene.cluster.name, changed, clusters) };
    }),
  });
  const { replicas, type, weights = {} } = distribution;
  return [
    input(['replicas'], 'replicas of the placement', variantsOf(replicas).filter(isCount)),
    ...(type === undefined
      ? []
      : [input(['type'], 'type of the distribution', [type === 'Divided' ? 'Duplicated' : 'Divided'])]),
    ...Object.entries(weights).map(([name, weight]) =>
      input(['weights', name], `weight of ${name} in the distribution`, variantsOf(weight).filter(isCount)),
    ),
  ];
}

function isCount(value: unknown): boolean {
  return Number(value) >= 0;
}

function replicasOn(cluster: string, distribution: Distribution, clusters: readonly string[]): number {
  if (distribution.type !== 'Divided') return distribution.replicas;
  return dividedReplicas(distribution, clusters).get(cluster) ?? 0;
}
