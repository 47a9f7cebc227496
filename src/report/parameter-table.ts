import { dig, digList, digObject, digText, type PlainObject } from '../model/plain.ts';
import { resolved } from '../definitions/schema.ts';
import { tableText } from './table.ts';

/** One parameter of a definition. */
export interface ParameterRow {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly default: unknown;
  readonly description: string;
}

/** The parameters that a schema says; those below an object or the elements of a list follow it, by path. */
export function parameterRows(schema: PlainObject, root: PlainObject = schema, prefix = ''): ParameterRow[] {
  const required = digList(schema, 'required');
  return Object.entries(digObject(schema, 'properties')).flatMap(([name, child]) => {
    const described = digObject({ child }, 'child');
    const own = resolved(described, root);
    const row: ParameterRow = {
      name: `${prefix}${name}`,
      type: typeText(own, root),
      required: required.includes(name),
      default: dig(own, 'default'),
      description: digText(described, digText(own, '', 'description'), 'description'),
    };
    const items = resolved(digObject(own, 'items'), root);
    const depth = prefix.split('.').length;
    if (depth > 6) return [row];
    return [
      row,
      ...parameterRows(own, root, `${prefix}${name}.`),
      ...parameterRows(items, root, `${prefix}${name}[].`),
    ];
  });
}

/** The rows as a table, as `vela show` prints it. */
export function parameterTable(rows: readonly ParameterRow[]): string {
  const cells = rows.map((row) => [
    row.name,
    row.type,
    row.required ? 'yes' : 'no',
    row.default === undefined ? '-' : JSON.stringify(row.default),
    row.description,
  ]);
  return tableText(['NAME', 'TYPE', 'REQUIRED', 'DEFAULT', 'DESCRIPTION'], cells);
}

function typeText(schema: PlainObject, root: PlainObject): string {
  const choices = digList(schema, 'enum');
  if (choices.length > 0) return choices.map((choice) => JSON.stringify(choice)).join(' | ');
  const alternatives = [...digList(schema, 'oneOf'), ...digList(schema, 'anyOf')];
  if (alternatives.length > 0 && dig(schema, 'type') === undefined)
    return alternatives.map((each) => typeText(resolved(digObject({ each }, 'each'), root), root)).join(' | ');
  const type = digText(schema, 'any', 'type');
  if (type === 'array') return `[]${typeText(resolved(digObject(schema, 'items'), root), root)}`;
  const values = dig(schema, 'additionalProperties');
  if (type === 'object' && typeof values === 'object' && values !== null)
    return `map[string]${typeText(resolved(digObject({ values }, 'values'), root), root)}`;
  return type;
}
