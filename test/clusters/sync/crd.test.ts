import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { dig, digObject } from '../../../src/model/plain.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const crd: unknown = parse(read('deploy/cluster-sync/crd.yaml'));
const schema: unknown = JSON.parse(read('src/schema/kinds/cluster.json'));
const metadata: unknown = JSON.parse(read('src/schema/kinds/metadata.json'));
const structural = dig(crd, 'spec', 'versions', 0, 'schema', 'openAPIV3Schema');

/** A schema as a structural one says it: unknown fields are pruned there, and titles mean nothing. */
function comparable(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(comparable);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([key]) => key !== 'title' && key !== 'additionalProperties');
  return Object.fromEntries(kept.map(([key, value]) => [key, comparable(value)]));
}

test('the CRD has the group, version and kind of the repo\u2019s Cluster', () => {
  const version = `${String(dig(crd, 'spec', 'group'))}/${String(dig(crd, 'spec', 'versions', 0, 'name'))}`;
  expect(version).toBe(dig(schema, 'properties', 'apiVersion', 'const'));
  expect(dig(crd, 'spec', 'names', 'kind')).toBe(dig(schema, 'properties', 'kind', 'const'));
});

test('its spec is that of the repo\u2019s schema', () => {
  expect(digObject(structural, 'properties', 'spec')).toEqual(comparable(dig(schema, 'properties', 'spec')));
  expect(Object.keys(digObject(structural, 'properties')).toSorted()).toEqual(
    Object.keys(digObject(schema, 'properties')).toSorted(),
  );
  expect(dig(structural, 'description')).toBe(dig(schema, 'description'));
});

test('names are held to the same pattern and length', () => {
  const { pattern, maxLength } = digObject(metadata, 'properties', 'name');
  const rule = String(dig(structural, 'x-kubernetes-validations', 0, 'rule'));
  expect(rule).toContain(`matches('${String(pattern)}')`);
  expect(rule).toContain(`size() <= ${String(maxLength)}`);
});
