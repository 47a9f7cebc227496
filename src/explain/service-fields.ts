import type { FieldPath } from '../model/origin.ts';
import { dig } from '../model/plain.ts';
import { localName, serviceName } from '../route/services.ts';
import type { Cause } from './explanation.ts';
import { metadataCauses, type Routed, type Target, targetsOf, traffic } from './traffic-places.ts';

/** The places that set a field of a Service: its targets, or a host inside the mesh. */
export function serviceCauses(source: Routed, path: FieldPath): Cause[] {
  const { appDeployment, object } = source;
  const [top, field, third, leaf] = path;
  const targets = targetsOf(appDeployment).filter(({ target }) => serviceName(target) === object.metadata.name);
  const of = (...names: readonly string[]): Cause[] =>
    targets.flatMap((each) => names.map((name) => traffic(appDeployment, [...each.field, name])));
  const isNumber = leaf === 'port' || leaf === 'targetPort';
  if (targets.length === 0) return hostCauses(source, path);
  if (top === 'metadata' && field === 'name') return of('revisionName', 'componentName', 'port');
  if (top === 'spec' && field === 'ports') return isNumber ? of('port') : [];
  const isIdentity = field === 'selector' || field === 'labels';
  if (isIdentity && third === 'app.oam.dev/component') return of('componentName');
  if (isIdentity && (third === 'app.oam.dev/appRevision' || third === 'app.oam.dev/name')) return of('revisionName');
  return metadataCauses(source, path);
}

/** A Service for a host inside the mesh is named after the host, and selects the component of the default route. */
function hostCauses(source: Routed, path: FieldPath): Cause[] {
  const { appDeployment, object, beside } = source;
  const { hosts = [] } = appDeployment.object.spec.traffic ?? {};
  const [top, field, third] = path;
  if (top === 'metadata' && field === 'name') {
    const index = hosts.findIndex((host) => localName(host, appDeployment.namespace) === object.metadata.name);
    return index < 0 ? [] : [traffic(appDeployment, ['spec', 'traffic', 'hosts', index])];
  }
  const names = new Set(beside.filter(({ role }) => role === 'service').map((each) => each.object.metadata.name));
  const here = targetsOf(appDeployment).filter(({ target }) => names.has(serviceName(target)));
  if (third === 'app.oam.dev/component') return defaultComponent(source, here);
  const number = dig(object, 'spec', 'ports', third ?? 0, 'port');
  const isNumbered = top === 'spec' && field === 'ports' && ['name', 'port', 'targetPort'].includes(String(path[3]));
  return isNumbered
    ? here.filter(({ target }) => target.port === number).map((each) => traffic(appDeployment, [...each.field, 'port']))
    : metadataCauses(source, path);
}

/** Of the rule without a match, else of the last one: its first target that runs here. */
function defaultComponent({ appDeployment }: Routed, here: readonly Target[]): Cause[] {
  const rules = appDeployment.object.spec.traffic?.http ?? [];
  const open = rules.findIndex(({ match }) => match === undefined);
  const rule = open < 0 ? rules.length - 1 : open;
  const first = here.find(({ field }) => field[3] === rule);
  return first === undefined ? [] : [traffic(appDeployment, [...first.field, 'componentName'])];
}
