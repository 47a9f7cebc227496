import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stateOfPlan } from '../../src/diff/from-plan.ts';
import { diffReport, type DiffReport, type DiffOptions } from '../../src/diff/report.ts';
import { type TransitionCode, transitionKinds } from '../../src/diff/safety/transition-codes.ts';
import { plan, type Texts } from '../support/memory-plan.ts';
import { transitionCases } from '../support/transition-cases.ts';

const codes = Object.keys(transitionKinds).toSorted() as TransitionCode[];

async function compare(before: Texts, after: Texts, options?: DiffOptions): Promise<DiffReport> {
  const side = async (files: Texts, name: string): Promise<Parameters<typeof diffReport>[0]> => ({
    label: { name },
    state: stateOfPlan(await plan(files)),
  });
  return diffReport(await side(before, 'before'), await side(after, 'after'), options);
}

describe.each(codes)('%s', (code) => {
  const cases = transitionCases[code].map((each) => ({ ...each, title: each.says.join('; ') || 'a safe way' }));
  test.each(cases)('$title', async ({ before, after, options, says }) => {
    const { findings } = await compare(before, after, options);
    expect(findings.map(({ severity, code: found, message }) => `${severity} ${found}: ${message}`)).toEqual(says);
  });

  test('nothing is said of a state that stays as it is', async () => {
    const [{ before, after, options } = { before: {}, after: {} }] = transitionCases[code];
    for (const files of [before, after]) expect((await compare(files, files, options)).findings).toEqual([]);
  });
});

test('docs/review.md lists every rule with its severity and cure', () => {
  const file = new URL('../../docs/review.md', import.meta.url);
  const rows = codes.map((code) => {
    const { severity, summary, cure } = transitionKinds[code];
    return `| \`${code}\` | ${severity} | ${summary} | ${cure} |\n`;
  });
  const table = `| code | severity | what it says | cure |\n| --- | --- | --- | --- |\n${rows.join('')}`;
  const text = readFileSync(file, 'utf8');
  const [begin, end] = ['<!-- rules -->\n\n', '\n<!-- /rules -->'];
  const [start, stop] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(file, text.slice(0, start) + table + text.slice(stop));
  expect(readFileSync(file, 'utf8')).toContain(`${begin}${table}${end}`);
});

describe('a finding about routes is at the AppDeployment’s traffic, where it is cured', () => {
  test.each(['STILL_ROUTED', 'WEIGHT_BEFORE_CAPACITY'] as const)('%s', async (code) => {
    for (const { before, after } of transitionCases[code].slice(0, 1)) {
      const { findings } = await compare(before, after);
      const { path, line = 0 } = findings.find((each) => each.code === code)?.origin ?? {};
      expect(path).toBe('site.yaml');
      expect(after['site.yaml']?.split('\n')[line - 1]).toMatch(/^ +traffic:/);
    }
  });
});
