import { readdir, readFile } from 'node:fs/promises';
import type { PageAssets } from '../report/diff/html/page.ts';

const folder = new URL('../../assets/review-page/', import.meta.url);

/** The files of the review page, which ship with appdeploy. */
export async function readPageAssets(): Promise<PageAssets> {
  const read = (name: string): Promise<string> => readFile(new URL(name, folder), 'utf8');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.hbs'));
  const templates = names.map(async (name) => [name.slice(0, -'.hbs'.length), await read(name)] as const);
  return {
    style: await read('page.css'),
    script: await read('page.js'),
    templates: new Map(await Promise.all(templates)),
  };
}
