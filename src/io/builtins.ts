import { readdir, readFile } from 'node:fs/promises';
import type { SourceFile } from '../model/catalog.ts';
import { byText } from '../model/plain.ts';
import { builtInFolder } from '../load/cross-file-rules.ts';

const folder = new URL('../../definitions/', import.meta.url);

/** The definitions that ship with appdeploy. */
export async function readBuiltins(): Promise<SourceFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted(byText);
  return Promise.all(
    names.map(async (name) => ({
      path: `${builtInFolder}/${name}`,
      text: await readFile(new URL(name, folder), 'utf8'),
    })),
  );
}
