import type { Declaration } from '../model/catalog.ts';
import type { AppDeployment, WeightedTarget } from '../model/kinds.gen.ts';
import type { Manifest } from '../model/manifest.ts';
import { type FieldPath, fieldText } from '../model/origin.ts';
import { dig } from '../model/plain.ts';
import type { Cause } from './explanation.ts';

/** An object that routing gives, with the AppDeployment that it is for. */
export interface Routed {
  readonly appDeployment: Declaration<AppDeployment>;
  readonly object: Manifest['object'];
  /** What routing gives the AppDeployment on the same cluster. */
  readonly beside: readonly Manifest[];
}

/** A weighted target with its field. */
export interface Target {
  readonly target: WeightedTarget;
  readonly field: FieldPath;
}

/** The targets of all rules, in their order. */
export function targetsOf({ object }: Declaration<AppDeployment>): Target[] {
  return (object.spec.traffic?.http ?? []).flatMap(({ weightedTargets }, rule) =>
    weightedTargets.map((target, position) => ({
      target,
      field: ['spec', 'traffic', 'http', rule, 'weightedTargets', position],
    })),
  );
}

/** A field of the AppDeployment's traffic. */
export function traffic({ locate }: Declaration<AppDeployment>, field: FieldPath): Cause {
  return { kind: 'traffic', what: fieldText(field), origin: locate(field) };
}

/** The AppDeployment's own name or namespace, where it says one. */
export function named(appDeployment: Declaration<AppDeployment>, field: 'name' | 'namespace'): Cause[] {
  const path = ['metadata', field];
  if (dig(appDeployment.object, ...path) === undefined) return [];
  return [
    { kind: 'name', what: `${field} of AppDeployment ${appDeployment.name}`, origin: appDeployment.locate(path) },
  ];
}

/** What is alike in the metadata of all that routing gives. */
export function metadataCauses({ appDeployment }: Routed, [, field, key]: FieldPath): Cause[] {
  if (field === 'namespace') return named(appDeployment, 'namespace');
  return field === 'labels' && key === 'app.oam.dev/appDeployment' ? named(appDeployment, 'name') : [];
}
