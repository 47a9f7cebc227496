import type { FieldPath, Origin } from '../model/origin.ts';
import type { ClusterChoice } from '../place/why.ts';

/** A place in the input that a field depends on. */
export interface Cause {
  readonly kind: 'component' | 'property' | 'default' | 'placement' | 'cluster' | 'traffic' | 'name' | 'gateway';
  /** `property image`, `weight of shop-v2`: what stands there. */
  readonly what: string;
  readonly origin: Origin;
}

/** What put a field into the object. */
export interface Writer {
  readonly kind: 'definition' | 'appdeploy' | 'gateway';
  /** `TraitDefinition hpa`, or what appdeploy does. */
  readonly what: string;
  /** undefined for appdeploy itself. */
  readonly origin?: Origin;
}

/** A leaf of an object with where it comes from. */
export interface ExplainedField {
  readonly path: FieldPath;
  readonly value: unknown;
  /** Places whose change is known to change the field; none where only the writer is known. */
  readonly setBy: readonly Cause[];
  /** Set where a property whose name tells of a credential sets the field, whatever the field's own name. */
  readonly isSecret?: boolean;
  /** undefined where it cannot be told which definition wrote the field. */
  readonly writer: Writer | undefined;
}

/** An object on a cluster with everything that is known of where it comes from. */
export interface Explanation {
  /** `Deployment shop/web-v1` */
  readonly object: string;
  readonly cluster: string;
  readonly path: string;
  /** `AppDeployment shop/site` */
  readonly owner: string;
  readonly revision: string | undefined;
  readonly component: string | undefined;
  /** The place in the input that the object is there for. */
  readonly origin: string;
  readonly why:
    | { readonly origin: string; readonly choice: ClusterChoice }
    | { readonly origin: string; readonly text: string };
  /** Values that may be credentials are masked. */
  readonly fields: readonly ExplainedField[];
  /** A field that was asked for and that the object lacks, and what is known of that. */
  readonly missing: string | undefined;
}
