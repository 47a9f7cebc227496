import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { dig, digList, digText, isPlainObject } from '../../src/model/plain.ts';

/** Refuses unknown fields, which an API server would drop without a word. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (!isPlainObject(schema)) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
  const isClosed = isPlainObject(schema['properties']) && schema['x-kubernetes-preserve-unknown-fields'] !== true;
  return isClosed ? { additionalProperties: false, ...inner } : inner;
}

/** What checks an object of a kind against Argo CD's CRD; `folder` as `argocdManifests` gives it. */
export function argocdSchema(folder: string, kind: 'Application' | 'AppProject'): ValidateFunction {
  const crd: unknown = parse(readFileSync(`${folder}/crds/${kind.toLowerCase()}-crd.yaml`, 'utf8'));
  const version = digList(crd, 'spec', 'versions').find((each) => digText(each, '', 'name') === 'v1alpha1');
  const schema = strict(dig(version, 'schema', 'openAPIV3Schema')) as Record<string, unknown>;
  const { properties } = schema as { properties: Record<string, unknown> };
  // Metadata is the API server's own.
  return new Ajv({ strict: false, validateFormats: false }).compile({
    ...schema,
    properties: { ...properties, metadata: { type: 'object' } },
  });
}
