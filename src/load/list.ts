import type { SourceDocument } from '../model/catalog.ts';
import type { FieldPath } from '../model/origin.ts';
import { dig, digList, digText } from '../model/plain.ts';

/** The objects of a List, as kubectl prints several; any other document is itself. */
export function itemsOf(document: SourceDocument): SourceDocument[] {
  const isList = digText(document.value, '', 'kind').endsWith('List') && Array.isArray(dig(document.value, 'items'));
  if (!isList) return [document];
  return digList(document.value, 'items').map((value, index) => {
    const top: FieldPath = ['items', index];
    return {
      ...document,
      value,
      origin: document.locate(top),
      locate: (field, at) => document.locate([...top, ...field], at),
    };
  });
}
