import { dig, digObject, type PlainObject } from '../model/plain.ts';
import type { Staged } from '../model/problem.ts';
import { type Use, wrongDefinition } from './use.ts';
import { type Written, writtenBy } from './written.ts';

const releaseVersion = 'helm.toolkit.fluxcd.io/v2';
const sourceVersion = 'source.toolkit.fluxcd.io/v1';

/**
 * Evaluates `schematic.helm`: the Flux HelmRelease and HelmRepository that KubeVela emits, at
 * Flux's current API versions, with the properties as the chart's values.
 */
export function evaluateHelm(use: Use, context: PlainObject): Staged<Written | undefined> {
  const { release, repository } = use.definition.object.spec.schematic?.helm ?? {};
  const chart = dig(release, 'chart', 'spec', 'chart');
  if (typeof chart !== 'string' || typeof dig(repository, 'url') !== 'string') {
    const message = 'schematic.helm needs release.chart.spec.chart and repository.url';
    const origin = use.definition.locate(['spec', 'schematic', 'helm']);
    return { value: undefined, problems: [wrongDefinition('INVALID_DEFINITION', origin, message, use)] };
  }
  const name = context['name'];
  const spec = digObject(release, 'chart', 'spec');
  const output = {
    apiVersion: releaseVersion,
    kind: 'HelmRelease',
    metadata: { name },
    spec: {
      interval: '5m',
      ...digObject(release),
      chart: { spec: { ...spec, sourceRef: { kind: 'HelmRepository', name } } },
      ...(Object.keys(use.properties).length === 0 ? {} : { values: use.properties }),
    },
  };
  const repositoryObject = {
    apiVersion: sourceVersion,
    kind: 'HelmRepository',
    metadata: { name },
    spec: { interval: '5m', ...digObject(repository) },
  };
  return { value: writtenBy({ output, outputs: { repository: repositoryObject } }, {}), problems: [] };
}
