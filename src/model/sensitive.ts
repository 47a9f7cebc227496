import type { FieldPath } from './origin.ts';

/** Names of fields whose values may be credentials. */
const sensitive = /^value$|pass|pwd|secret|token|credential|key$|auth|^config$|^(?:string|binary)?data$/i;

/** Whether a field, or one that it lies in, may hold a credential; its value is then never shown. */
export function mayBeSecret(field: FieldPath): boolean {
  return field.some((part) => typeof part === 'string' && sensitive.test(part));
}
