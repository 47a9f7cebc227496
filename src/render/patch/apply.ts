import { dig, isPlainObject, type PlainObject } from '../../model/plain.ts';
import type { Written } from '../written.ts';
import { applyJsonPatch, applyMergePatch, JsonPatchError, operationsOf } from './json-patch.ts';
import { type PatchConflict, unify } from './unify.ts';

/** A trait's patch of the workload. */
export type WorkloadPatch = Pick<Written, 'patch' | 'patchFormat' | 'patchRules'>;

/** A patched object, with what kept the patch from fitting. */
export interface PatchResult {
  readonly value: PlainObject;
  readonly conflicts: readonly PatchConflict[];
  /** Why a JSON Patch could not be applied. */
  readonly error: string | undefined;
}

/** Applies one patch, by the way that it is meant. */
export function applyPatch(base: PlainObject, { patch, patchFormat, patchRules }: WorkloadPatch): PatchResult {
  if (patch === undefined) return { value: base, conflicts: [], error: undefined };
  if (patchFormat === 'unify') {
    const { value, conflicts } = unify(base, patch, patchRules);
    return { value: asObject(value), conflicts, error: undefined };
  }
  try {
    const value =
      patchFormat === 'jsonPatch' ? applyJsonPatch(base, operationsOf(patch)) : applyMergePatch(base, patch);
    return { value: asObject(value), conflicts: [], error: undefined };
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
    return { value: base, conflicts: [], error: error.message };
  }
}

/** A workload with all that its traits have done to it so far. */
export interface PatchedWorkload {
  /** What the component alone gives, with overridden defaults. */
  readonly base: PlainObject;
  readonly value: PlainObject;
  readonly patches: readonly WorkloadPatch[];
  readonly overrides: Parameters<NonNullable<Written['override']>>[0];
}

/**
 * Applies a trait's patch. Where it conflicts with the component, the component is evaluated again
 * with the patch's values in place of its defaults; what then still differs is a conflict.
 */
export function patchWorkload(
  workload: PatchedWorkload,
  patch: WorkloadPatch,
  override: Written['override'],
): PatchResult & { readonly workload: PatchedWorkload } {
  const patches = [...workload.patches, patch];
  const result = applyPatch(workload.value, patch);
  const plain = { ...result, workload: { ...workload, value: result.value, patches } };
  if (result.conflicts.length === 0 || override === undefined) return plain;
  const wanted = result.conflicts.filter(({ path }) => dig(workload.base, ...path) !== undefined);
  const overrides = [...workload.overrides, ...wanted.map(({ path, patch: value }) => ({ path, value }))];
  const base = override(overrides);
  if (base === undefined) return plain;
  const again = applyAll(base, patches);
  return again.conflicts.length > 0 ? plain : { ...again, workload: { base, value: again.value, patches, overrides } };
}

function applyAll(base: PlainObject, patches: readonly WorkloadPatch[]): PatchResult {
  return patches.reduce<PatchResult>(
    (before, patch) => {
      const after = applyPatch(before.value, patch);
      return {
        value: after.value,
        conflicts: [...before.conflicts, ...after.conflicts],
        error: before.error ?? after.error,
      };
    },
    { value: base, conflicts: [], error: undefined },
  );
}

function asObject(value: unknown): PlainObject {
  return isPlainObject(value) ? value : {};
}
