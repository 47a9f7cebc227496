import type { SourceFile } from '../model/catalog.ts';
import { parse } from './parse.ts';
import { validate } from './validate.ts';

/** Whether a file holds a record of ours: a snapshot or a placement record. */
export function holdsRecord(file: SourceFile): boolean {
  return validate(parse([file]).value).value.some(
    ({ kind }) => kind === 'ApplicationRevision' || kind === 'PlacementRecord',
  );
}
