import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type ProblemCode, problemKinds } from '../src/model/problem-codes.ts';
import { problemCases } from './support/problem-cases.ts';
import type { ProblemCase } from './support/problem-fixtures.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

const codes = Object.keys(problemKinds).toSorted() as ProblemCode[];
const examples = new Map<ProblemCode, string>();

/** Where ¦ stands in the file: `path:line:column`. */
function place({ at, nth = 0 }: ProblemCase, repo: ScratchRepo): string {
  const [path, needle] = at.split(/: (.*)/s);
  if (path === undefined || needle === undefined) return at;
  const text = repo.read(path);
  const parts = text.split(needle.replace('¦', ''));
  if (parts.length < nth + 2) throw new Error(`${path} does not hold ${needle}`);
  const before = parts.slice(0, nth + 1).join(needle.replace('¦', '')) + (needle.split('¦')[0] ?? '');
  const lines = before.split('\n');
  return `${path}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}

test.each(codes)('%s is found at its place', async (code) => {
  const given = problemCases[code];
  const written = new ScratchRepo().write(given.files);
  const repo = given.afterwards === undefined ? written : await given.afterwards(written);
  const before = repo.files();
  const { code: exit, stderr } = await repo.appdeploy(...(given.command ?? ['validate']));
  const { severity } = problemKinds[code];
  examples.set(code, stderr);
  expect(stderr).toContain(`${place(given, repo)}: ${severity} ${code}: `);
  expect(exit).toBe(given.exit ?? (severity === 'error' ? 1 : 0));
  expect(repo.files()).toEqual(before);
});

/** The page that lists them all. */
function page(): string {
  const intro = `# Problems

Every problem that \`appdeploy\` reports has a code, a place (\`path:line:column\`, with \`@commit\` for a past
state), the source line with a caret, and a hint. An **error** stops the run with exit code 1, and nothing is
written; a **warning** and a **note** do not. Values that may be credentials are masked.

This page is made from the code by \`npm run generate\`, and a test holds it to it.
`;
  const list = codes.map(
    (code) => `| [${code}](#${code.toLowerCase()}) | ${problemKinds[code].severity} | ${problemKinds[code].summary} |`,
  );
  const sections = codes.map((code) => {
    const { severity, summary, cure } = problemKinds[code];
    return `## ${code}\n\n${severity}: ${summary}\n\n\`\`\`text\n${(examples.get(code) ?? '').trimEnd()}\n\`\`\`\n\nCure: ${cure}\n`;
  });
  return `${intro}\n| code | severity | what it says |\n| --- | --- | --- |\n${list.join('\n')}\n\n${sections.join('\n')}`;
}

test('docs/problems.md lists every code with an example and the cure', () => {
  const file = new URL('../docs/problems.md', import.meta.url);
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(file, page());
  expect(readFileSync(file, 'utf8')).toBe(page());
});
