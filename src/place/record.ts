import { type Catalog, type Declaration, type ObjectName, qualifiedName } from '../model/catalog.ts';
import type { AppDeployment } from '../model/kinds.gen.ts';
import type { FileTree } from '../model/output.ts';
import type { Pick } from '../model/placement.ts';
import { byText, groupBy } from '../model/plain.ts';
import { printYaml } from '../layout/printer.ts';
import { placementFolder } from '../load/record-folders.ts';
import type { Choice } from './choose.ts';
import { normalisedSelector, canonicalSelector } from './cluster-selector.ts';
import { slotKey } from './requests.ts';

/** The recorded cluster of each slot of an AppDeployment. */
export type RecordedPicks = ReadonlyMap<string, string>;

const header =
  '# Clusters that were picked for selectors, written by appdeploy: a new Cluster moves nothing that runs. To pick anew: appdeploy render --replace.\n';

/** What is recorded of an AppDeployment; empty where nothing is. */
export function recordedPicks({ namespace, name }: ObjectName, { placementRecords }: Catalog): RecordedPicks {
  const record = placementRecords.find((each) => each.name === name && each.namespace === namespace);
  const picks = record?.object.spec.picks ?? [];
  return new Map(picks.map(({ selector, ordinal, cluster }) => [slotKey(selector, ordinal), cluster]));
}

/** The picks among an AppDeployment's choices, one for each slot. */
export function picksOf({ namespace, name }: Declaration<AppDeployment>, choices: readonly Choice[]): Pick[] {
  const bySlot = new Map(
    choices
      .filter(({ request }) => request.mode === 'one')
      .map(({ request, clusters }): [string, Pick] => [
        request.slot,
        {
          appDeployment: { namespace, name },
          selector: normalisedSelector(request.placement.clusterSelector ?? {}),
          ordinal: request.ordinal,
          cluster: clusters[0]?.cluster.name ?? '',
        },
      ]),
  );
  return [...bySlot.values()];
}

/** The files that record picks: one for each AppDeployment that has any. */
export function recordFiles(picks: readonly Pick[]): FileTree {
  const groups = groupBy(picks, ({ appDeployment }) => qualifiedName(appDeployment));
  return new Map(
    [...groups]
      .toSorted(([a], [b]) => byText(a, b))
      .map(([key, own]) => [`${placementFolder}/${key}.yaml`, recordText(own)]),
  );
}

function recordText(picks: readonly Pick[]): string {
  const sorted = picks.toSorted(
    (a, b) => byText(canonicalSelector(a.selector), canonicalSelector(b.selector)) || a.ordinal - b.ordinal,
  );
  const { namespace, name } = sorted[0]?.appDeployment ?? { namespace: '', name: '' };
  return (
    header +
    printYaml({
      apiVersion: 'appdeploy.dev/v1alpha1',
      kind: 'PlacementRecord',
      metadata: { name, namespace },
      spec: { picks: sorted.map(({ selector, ordinal, cluster }) => ({ selector, ordinal, cluster })) },
    })
  );
}
