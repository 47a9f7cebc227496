import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from '../model/manifest.ts';
import type { FieldPath } from '../model/origin.ts';
import { dig } from '../model/plain.ts';
import type { Plan } from '../plan.ts';
import type { TemplateSettings } from '../render/render.ts';
import type { ExplainedField } from './explanation.ts';
import { leavesOf } from './field-path.ts';
import type { Input } from './input.ts';
import { inputsOf } from './inputs.ts';
import { objectsOf, renderingOf, roleKey, type Scene, sceneOf } from './scene.ts';
import { writersOf } from './writers.ts';

/**
 * Explains an object of a component: each place of the input is given other values, one at a time, and
 * the component is rendered anew. What changes in the object depends on the place; that is proof, and
 * nothing is told without it.
 */
export function componentFields(
  manifest: Manifest,
  plan: Pick<Plan, 'placements' | 'catalog'>,
  templates: TemplateSettings,
): ExplainedField[] {
  const scene = sceneOf(manifest, plan.placements);
  const index = scene?.revision.spec.components.findIndex(({ name }) => name === manifest.instance?.component) ?? -1;
  const rendering = scene && renderingOf(scene, index, templates);
  if (scene === undefined || rendering === undefined) return [];
  const key = roleKey(manifest);
  const now = objectsOf(scene, index, templates)?.get(key);
  const objectIn = (variant: Scene): unknown => objectsOf(variant, index, templates)?.get(key);
  const effects = inputsOf(scene, index, plan, templates).map((input) => effectOf(input, now, objectIn));
  const writerOf = writersOf(manifest, rendering);
  return leavesOf(manifest.object).map(({ path, value }) => {
    const setting = effects.filter((effect) => changes(effect, now, path));
    return {
      path,
      value,
      setBy: setting.map(({ cause }) => cause),
      isSecret: setting.some(({ isSecret }) => isSecret === true),
      writer: writerOf(path),
    };
  });
}

/** An input with what the object becomes by it, where that differs. */
interface Effect extends Omit<Input, 'variants' | 'isText'> {
  readonly others: readonly unknown[];
}

function effectOf({ variants, isText, ...input }: Input, now: unknown, objectIn: (variant: Scene) => unknown): Effect {
  const others: unknown[] = [];
  for (const variant of variants) {
    const other = objectIn(variant);
    if (other === undefined || isDeepStrictEqual(other, now)) continue;
    others.push(other);
    if (isText === true) break;
  }
  return { ...input, others };
}

function changes({ others, key }: Effect, now: unknown, path: FieldPath): boolean {
  const was = dig(now, ...path);
  return others.some((other) => {
    const is = dig(other, ...path);
    return !isDeepStrictEqual(is, was) && (key === undefined || String(is).includes(key));
  });
}
