/** A place in the user's input: line and column count from 1; `commit` is set when it is a past state. */
export interface Origin {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly commit?: string;
}

/** Keys and list indexes from a document's top to one of its fields. */
export type FieldPath = readonly (string | number)[];

/**
 * Finds the origin of a field of one document. A field that does not exist has the origin of its
 * nearest existing ancestor. `at` chooses between the field's value (default) and its key.
 */
export type Locate = (field: FieldPath, at?: 'key' | 'value') => Origin;

/** Writes a field as users know it: `spec.components[0].name`. */
export function fieldText(field: FieldPath): string {
  return field.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (!/^[\w$-]+$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

/** Writes an origin as editors understand it: `path:line:column`, with `@commit` for a past state. */
export function originText({ path, line, column, commit }: Origin): string {
  return `${path}:${line}:${column}${commit === undefined ? '' : `@${commit.slice(0, 12)}`}`;
}
