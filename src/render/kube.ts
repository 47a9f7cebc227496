import type { KubeParameter } from '../model/kinds.gen.ts';
import { isPlainObject, type PlainObject } from '../model/plain.ts';
import type { Problem, Staged } from '../model/problem.ts';
import type { SchemaFinding } from '../schema/findings.ts';
import { type Use, wrongDefinition, wrongProperty } from './use.ts';
import { type Written, writtenBy } from './written.ts';

/**
 * Evaluates `schematic.kube`: an object, and parameters that are written into it at their
 * `fieldPaths` (`spec.template.spec.containers[0].image`). As in KubeVela, a property that is no
 * parameter and a required one that is missing are errors.
 */
export function evaluateKube(use: Use): Staged<Written | undefined> {
  const { template, parameters = [] } = use.definition.object.spec.schematic?.kube ?? {};
  const field = ['spec', 'schematic', 'kube', 'template'];
  if (!isPlainObject(template)) {
    const message = 'schematic.kube.template is no object';
    return {
      value: undefined,
      problems: [wrongDefinition('INVALID_DEFINITION', use.definition.locate(field), message, use)],
    };
  }
  const problems: Problem[] = findings(parameters, use.properties).map((finding) => wrongProperty(finding, use));
  const output = structuredClone(template) as Record<string, unknown>;
  for (const { name, fieldPaths } of parameters) {
    if (!Object.hasOwn(use.properties, name)) continue;
    for (const path of fieldPaths) {
      if (!setField(output, path, use.properties[name]))
        problems.push(
          wrongDefinition(
            'INVALID_DEFINITION',
            use.definition.locate(['spec', 'schematic', 'kube', 'parameters'], 'key'),
            `the template has no place for ${path}`,
            use,
          ),
        );
    }
  }
  return problems.length > 0 ? { value: undefined, problems } : { value: writtenBy({ output }, {}), problems: [] };
}

function findings(parameters: readonly KubeParameter[], properties: PlainObject): SchemaFinding[] {
  const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const unknown = Object.keys(properties)
    .filter((name) => !known.has(name))
    .map((name): SchemaFinding => ({
      code: 'UNKNOWN_FIELD',
      field: [name],
      at: 'key',
      message: `${name} is no parameter; there are ${[...known.keys()].join(', ') || 'none'}`,
    }));
  return [...unknown, ...parameters.flatMap((parameter) => parameterFindings(parameter, properties))];
}

function parameterFindings({ name, type, required = false }: KubeParameter, properties: PlainObject): SchemaFinding[] {
  const value = properties[name];
  if (value === undefined)
    return required ? [{ code: 'MISSING_FIELD', field: [], at: 'value', message: `${name} is missing` }] : [];
  if (typeof value === type) return [];
  return [
    { code: 'WRONG_TYPE', field: [name], at: 'value', message: `${name} is a ${typeof value}; expected ${type}` },
  ];
}

/** Writes a value at `a.b[0].c`; mappings on the way are made, list elements must be there. */
function setField(object: Record<string, unknown>, path: string, value: unknown): boolean {
  const parts = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  const last = parts.pop() ?? '';
  let node: unknown = object;
  for (const part of parts) node = step(node, part);
  if (Array.isArray(node)) {
    if (!/^\d+$/.test(last) || Number(last) >= node.length) return false;
    node[Number(last)] = value;
    return true;
  }
  if (!isPlainObject(node)) return false;
  Object.defineProperty(node, last, { value, writable: true, enumerable: true, configurable: true });
  return true;
}

function step(node: unknown, part: string): unknown {
  if (Array.isArray(node)) return /^\d+$/.test(part) ? (node as unknown[])[Number(part)] : undefined;
  if (!isPlainObject(node)) return undefined;
  if (!Object.hasOwn(node, part))
    Object.defineProperty(node, part, { value: {}, writable: true, enumerable: true, configurable: true });
  return node[part];
}
