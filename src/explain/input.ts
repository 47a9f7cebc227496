import type { Cause } from './explanation.ts';
import type { Scene } from './scene.ts';

/** A place in the input, and the scene with other values there. */
export interface Input {
  readonly cause: Cause;
  readonly variants: readonly Scene[];
  /** Set for text: the first variant that changes the object tells as much as the others would. */
  readonly isText?: boolean;
  /** Set for a property whose name tells of a credential: fields that it sets may hold one. */
  readonly isSecret?: boolean;
  /** Set where a name is tried, as that: a field that does not hold it changes for what has gone with the old name. */
  readonly key?: string;
}
