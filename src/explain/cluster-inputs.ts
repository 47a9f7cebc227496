import type { Catalog } from '../model/catalog.ts';
import { versionAnnotation } from '../model/placement.ts';
import type { Input } from './input.ts';
import type { Scene } from './scene.ts';

/** What templates see of the cluster: its name, its labels and its Kubernetes version. */
export function clusterInputs(scene: Scene, clusters: Catalog['clusters']): Input[] {
  return [...nameInputs(scene), ...labelInputs(scene, clusters), ...versionInputs(scene, clusters)];
}

function onCluster(scene: Scene, changed: Partial<Scene['cluster']>): Scene {
  return { ...scene, cluster: { ...scene.cluster, ...changed } };
}

/** The placement says which cluster it is. */
function nameInputs(scene: Scene): Input[] {
  if (scene.kind !== 'AppDeployment') return [];
  const { appDeployment, field, cluster } = scene;
  const origin = appDeployment.locate([...field, 'clusterSelector'], 'key');
  return [
    {
      cause: { kind: 'placement', what: 'cluster of the placement', origin },
      variants: [onCluster(scene, { name: `${cluster.name}x` })],
    },
  ];
}

/** Another label is likelier to be one that a template knows where another Cluster has it. */
function labelInputs(scene: Scene, clusters: Catalog['clusters']): Input[] {
  const { name, labels } = scene.cluster;
  const declared = clusters.find((each) => each.name === name);
  if (declared === undefined) return [];
  return Object.entries(labels).map(([key, value]) => {
    const elsewhere = clusters.flatMap(({ object }) => object.metadata.labels?.[key] ?? []);
    const others = [...new Set([...elsewhere, `${value}x`])].filter((other) => other !== value);
    return {
      cause: {
        kind: 'cluster',
        what: `label ${key} of Cluster ${name}`,
        origin: declared.locate(['metadata', 'labels', key]),
      },
      variants: others.map((other) => onCluster(scene, { labels: { ...labels, [key]: other } })),
    };
  });
}

function versionInputs(scene: Scene, clusters: Catalog['clusters']): Input[] {
  const { name, version = '' } = scene.cluster;
  const declared = clusters.find((each) => each.name === name);
  if (declared === undefined || version === '') return [];
  const higher = [...version.matchAll(/\d+/g)].map(({ 0: digits, index }) => {
    const rest = version.slice(index + digits.length);
    return `${version.slice(0, index)}${Number(digits) + 1}${rest}`;
  });
  const origin = declared.locate(['metadata', 'annotations', versionAnnotation]);
  return [
    {
      cause: { kind: 'cluster', what: `Kubernetes version of Cluster ${name}`, origin },
      variants: higher.map((other) => onCluster(scene, { version: other })),
    },
  ];
}
