import type { FieldPath, Locate, Origin } from '../model/origin.ts';
import type { PlainObject } from '../model/plain.ts';
import { type Problem, problem } from '../model/problem.ts';
import type { ProblemCode } from '../model/problem-codes.ts';
import type { PinnedDefinition } from '../model/revision.ts';
import type { SchemaFinding } from '../schema/findings.ts';

/** A definition put to use: the properties it gets, and where they stand. */
export interface Use {
  readonly definition: PinnedDefinition;
  readonly properties: PlainObject;
  /** The render format of the revision that it is of. */
  readonly renderFormat: number;
  /** The field of `properties`; its last part is `properties` itself. */
  readonly field: FieldPath;
  readonly locate: Locate;
}

/** A problem of the properties, at the property. */
export function wrongProperty({ code, field, at, message, hint }: SchemaFinding, use: Use): Problem {
  const text = `${message} (${use.definition.object.metadata.name}\u2019s properties)`;
  return problem(code, use.locate([...use.field, ...field], at), text, hint === undefined ? {} : { hint });
}

/** A problem of the definition, at a place in it; says where it is used. */
export function wrongDefinition(code: ProblemCode, origin: Origin, message: string, use: Use): Problem {
  const { kind, metadata } = use.definition.object;
  const related = [{ origin: use.locate(use.field.slice(0, -1)), message: 'used here' }];
  return problem(code, origin, `${kind} ${metadata.name}: ${message}`, { related });
}

/** A line of a template, counted from 0, that stands as a block scalar, which begins on the line after its key. */
export function templateLine({ locate }: PinnedDefinition, field: FieldPath, line: number | undefined): Origin {
  const origin = locate(field);
  return line === undefined ? origin : { ...origin, line: origin.line + line + 1, column: 1 };
}
