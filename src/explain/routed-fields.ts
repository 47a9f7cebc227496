import { isDeepStrictEqual } from 'node:util';
import type { Declaration } from '../model/catalog.ts';
import type { Manifest } from '../model/manifest.ts';
import { type FieldPath, fieldText } from '../model/origin.ts';
import { dig } from '../model/plain.ts';
import type { Plan } from '../plan.ts';
import { serviceName } from '../route/services.ts';
import type { Cause, ExplainedField, Writer } from './explanation.ts';
import { waveAnnotation } from '../argocd/waves.ts';
import { leavesOf } from './field-path.ts';
import { serviceCauses } from './service-fields.ts';
import { metadataCauses, named, type Routed, targetsOf, traffic } from './traffic-places.ts';

/**
 * Explains what routing gives: Services, VirtualServices and Gateways. Their fields come from known
 * fields of the AppDeployment or the Gateway, one by one; see src/route.
 */
export function routedFields(
  manifest: Manifest,
  { catalog, manifests }: Pick<Plan, 'catalog' | 'manifests'>,
): ExplainedField[] {
  const { owner, role, object } = manifest;
  const appDeployment = catalog.appDeployments.find(
    ({ namespace, name }) => namespace === owner.namespace && name === owner.name,
  );
  const leaves = leavesOf(object);
  if (appDeployment === undefined) return [];
  if (role === 'gateway') {
    const gateway = catalog.gateways.find(
      ({ namespace, name }) => namespace === object.metadata.namespace && name === object.metadata.name,
    );
    return leaves.map((leaf) => ({ ...leaf, ...gatewaySource(gateway, leaf.path) }));
  }
  const beside = manifests.filter(
    (each) => each.cluster === manifest.cluster && isDeepStrictEqual(each.owner, owner) && each.instance === undefined,
  );
  const source = { appDeployment, object, beside };
  const causesOf = role === 'service' ? serviceCauses : routeCauses;
  return leaves.map((leaf) => {
    const setBy = causesOf(source, leaf.path);
    return { ...leaf, setBy, writer: writerOf(source, leaf) };
  });
}

function gatewaySource(
  gateway: Declaration<unknown> | undefined,
  path: FieldPath,
): Pick<ExplainedField, 'setBy' | 'writer'> {
  const isCopied =
    gateway !== undefined &&
    dig(gateway.object, ...path) !== undefined &&
    path[0] !== 'apiVersion' &&
    path[0] !== 'kind';
  const what = path[2] === waveAnnotation ? 'the sync wave' : 'writes Gateways for Istio';
  if (!isCopied) return { setBy: [], writer: { kind: 'appdeploy', what } };
  const { origin, name } = gateway;
  return {
    setBy: [{ kind: 'gateway', what: fieldText(path), origin: gateway.locate(path) }],
    writer: { kind: 'gateway', what: `Gateway ${name}`, origin },
  };
}

function routeCauses(source: Routed, path: FieldPath): Cause[] {
  const { appDeployment, object } = source;
  const [top, field, index, route, position, part, leaf] = path;
  if (top === 'metadata' && field === 'name') return named(appDeployment, 'name');
  if (top !== 'spec') return metadataCauses(source, path);
  if (field !== 'http' || route !== 'route') return [traffic(appDeployment, ['spec', 'traffic', ...path.slice(1)])];
  const host = dig(object, 'spec', 'http', index ?? 0, 'route', position ?? 0, 'destination', 'host');
  const rule = targetsOf(appDeployment).filter(({ field: [, , , at] }) => at === index);
  const own = rule.find(({ target }) => serviceName(target) === host);
  if (own === undefined) return [];
  const fields = leaf === 'host' ? ['revisionName', 'componentName', 'port'] : part === 'weight' ? [] : ['port'];
  if (fields.length > 0) return fields.map((name) => traffic(appDeployment, [...own.field, name]));
  const weight = dig(object, 'spec', 'http', index ?? 0, 'route', position ?? 0, 'weight');
  const meant = weight === own.target.weight ? [own] : rule;
  return meant
    .filter(({ target }) => target.weight !== undefined)
    .map(({ field: at }) => traffic(appDeployment, [...at, 'weight']));
}

function writerOf({ appDeployment, object }: Routed, { path, value }: Pick<ExplainedField, 'path' | 'value'>): Writer {
  const what = `routes for AppDeployment ${appDeployment.name}`;
  if (path[2] === waveAnnotation) return { kind: 'appdeploy', what: 'the sync wave' };
  if (object.kind !== 'VirtualService' || path.at(-1) !== 'weight' || path[3] !== 'route')
    return { kind: 'appdeploy', what };
  const host = dig(object, ...path.slice(0, -1), 'destination', 'host');
  const declared = targetsOf(appDeployment).find(
    ({ target, field }) => field[3] === path[2] && serviceName(target) === host,
  )?.target.weight;
  if (declared === value) return { kind: 'appdeploy', what };
  return {
    kind: 'appdeploy',
    what: declared === undefined ? 'a single target gets 100' : 'makes the weights of what runs here sum to 100',
  };
}
