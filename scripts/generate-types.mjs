// Writes src/model/kinds.gen.ts from the JSON Schemas in src/schema/kinds.
import { readdir, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';

const folder = new URL('../src/schema/kinds/', import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
const umbrella = {
  title: 'Kinds',
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(files.map((name) => [name.replace('.json', ''), { $ref: name }])),
};
const code = await compile(umbrella, 'Kinds', {
  cwd: folder.pathname,
  additionalProperties: true,
  unknownAny: true,
  ignoreMinAndMaxItems: true,
  bannerComment: '// Generated from the JSON Schemas in src/schema/kinds by `npm run generate`; do not edit.',
  style: { singleQuote: true },
});
await writeFile(
  new URL('../../model/kinds.gen.ts', folder),
  code.replace(/\nexport interface Kinds \{[\s\S]*?\n\}\n/, '\n'),
);
