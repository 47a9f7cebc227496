import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { RE2JS } from 're2js';
import { canonicalJson, memoise, type PlainObject } from '../model/plain.ts';
import { type SchemaFinding, schemaFindings } from '../schema/findings.ts';

/** Properties with the definition's defaults filled in, or what is wrong with them. */
export interface Parameters {
  readonly value: PlainObject;
  readonly findings: readonly SchemaFinding[];
}

/** A definition's own schema that ajv cannot compile. */
export class ParameterSchemaError extends Error {}

/** Revisions pin equal schemas as different objects; they share a compiled one. */
const validatorOfEqual = memoise(compile, canonicalJson);

/** By identity first: to compare schemas costs more than to use one. */
const validators = new WeakMap<object, ValidateFunction>();

function validatorOf(schema: object): ValidateFunction {
  const check = validators.get(schema) ?? validatorOfEqual(schema);
  validators.set(schema, check);
  return check;
}

/**
 * Patterns come from whoever writes a definition: RE2 matches each in linear time, and refuses what it
 * could not (https://github.com/google/re2/wiki/Syntax, as CUE and Kubernetes do).
 */
const linearPattern: NonNullable<NonNullable<Options['code']>['regExp']> = Object.assign(
  (pattern: string) => {
    const compiled = RE2JS.compile(pattern);
    return { test: (text: string) => compiled.test(text) };
  },
  // What ajv would write into generated code, which there is none of.
  { code: 'RE2JS' },
);

/**
 * Holds properties against a definition's `parameter` schema (JSON Schema draft 07).
 *
 * @throws ParameterSchemaError where the schema itself is wrong
 */
export function readParameters(schema: object | undefined, properties: PlainObject): Parameters {
  const value = structuredClone(properties);
  if (schema === undefined) return { value, findings: [] };
  const check = validatorOf(schema);
  return { value, findings: check(value) ? [] : schemaFindings(check.errors ?? [], value) };
}

function compile(schema: object): ValidateFunction {
  try {
    // A compiler of its own, so that the $ids of two definitions cannot meet.
    return new Ajv({
      allErrors: true,
      verbose: true,
      useDefaults: true,
      strictSchema: true,
      strictTypes: false,
      strictRequired: false,
      addUsedSchema: false,
      code: { optimize: false, regExp: linearPattern },
    }).compile(schema);
  } catch (error) {
    throw new ParameterSchemaError(error instanceof Error ? error.message : String(error));
  }
}
