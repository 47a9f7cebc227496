import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, fitBlocks } from '../../src/report/diff/budget.ts';
import { commentLimit, diffMarkdown } from '../../src/report/diff/markdown.ts';
import { cell, prose } from '../../src/report/diff/markdown-escape.ts';
import { deployment, placed, reportOn } from '../support/fleet-state.ts';

type Report = ReturnType<typeof reportOn>;

/** A report on many owners with many objects each, all different. */
function largeReport(owners: number, objects: number): Report {
  const all = (value: string): Parameters<typeof reportOn>[0] =>
    Array.from({ length: owners * objects }, (_, index) =>
      placed(
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `config-${index}` }, text: `${value}\n`.repeat(20) },
        { owner: `default/owner-${index % owners}`, cluster: `c${index % 7}` },
      ),
    );
  return reportOn(all('before'), all('after'));
}

describe('a comment', () => {
  test('never exceeds its limit, and says what is left out', () => {
    const text = diffMarkdown(largeReport(30, 40));
    expect(text.length).toBeLessThanOrEqual(commentLimit);
    expect(text).toMatch(
      /\n\d+ rows, changes and diffs are left out to fit a comment; `-v` in a terminal shows all of them\.\n$/,
    );
  });

  test('is cut from its end: diffs go first, and whole', () => {
    const report = largeReport(2, 6);
    const whole = diffMarkdown(report);
    const cut = diffMarkdown(report, Math.floor(whole.length * 0.7));
    const lists = whole.slice(0, whole.indexOf('default/owner-0</code>: diffs'));
    expect(cut.startsWith(lists)).toBe(true);
    const count = (text: string): number => text.split('```diff').length - 1;
    const left = Number(/\n(\d+) rows, changes and diffs are left out/.exec(cut)?.[1]);
    expect(count(cut)).toBeGreaterThan(0);
    expect(count(cut) + left).toBe(count(whole));
    expect(cut.split('```').length % 2).toBe(1);
  });

  test('has as many details as it closes, at every limit', () => {
    const report = largeReport(3, 3);
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 12_000 }), (limit) => {
        const text = diffMarkdown(report, limit);
        expect(text.length).toBeLessThanOrEqual(limit);
        expect(text.split('<details>').length).toBe(text.split('</details>').length);
      }),
    );
  });

  test('shows what a repo holds as text: no markup, no mention, no row of its own', () => {
    const nasty = 'a`b|c</details>\n| x @team <img src=x> ```';
    const before = [placed(deployment('v1', { replicas: 1, note: 'plain' }), { owner: `default/${nasty}` })];
    const after = [placed(deployment('v1', { replicas: 2, note: nasty }, nasty), { owner: `default/${nasty}` })];
    const text = diffMarkdown(reportOn(before, after));
    // What is left without code is Markdown's and ours.
    const bare = text
      .replace(/^(`{3,})diff\n[\s\S]*?^\1$/gm, '')
      .replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)|<code>[\s\S]*?<\/code>/g, '');
    expect(bare).not.toContain('@team');
    expect(bare).not.toContain('<img');
    expect(bare.split('<details>').length).toBe(bare.split('</details>').length);
    for (const row of text.split('\n').filter((line) => line.startsWith('| ')))
      expect(row.replaceAll('\\|', '').split('|').length).toBe(7);
  });
});

test('blocks within a budget are a beginning of each, with the count of the rest', () => {
  const block = fc.record({
    items: fc.array(fc.string({ minLength: 1, maxLength: 8 })),
    share: fc.constantFrom(0.5, 1),
  });
  fc.assert(
    fc.property(fc.array(block), fc.nat(200), (given, budget) => {
      const blocks = given.map(({ items, share }): Block => ({
        head: '<',
        items,
        tail: '>',
        left: (count) => `+${count}`,
        share,
      }));
      const { text, leftOut } = fitBlocks(blocks, budget);
      const all = given.flatMap(({ items }) => items).length;
      expect(text.length).toBeLessThanOrEqual(budget);
      expect(leftOut).toBeLessThanOrEqual(all);
      const whole = given.map(({ items }) => `<${items.join('')}>`).join('');
      if (leftOut === 0 && text.length > 0 && fitBlocks(blocks, 10_000).text === text) expect(text).toBe(whole);
      expect(fitBlocks(blocks, 10_000)).toEqual({ text: whole, leftOut: 0 });
    }),
  );
});

test('a bar after a backslash stays in its cell, and prose refers to nobody, to no issue and to no address', () => {
  expect(cell('a|b')).toBe('`a\\|b`');
  expect(cell('a\\|b `c` <d>')).toBe('<code>a\\\\\\|b \\`c\\` &lt;d&gt;</code>');
  expect(prose('@team #12 https://a.example www.b.example')).toBe(
    '@<!-- -->team #<!-- -->12 https:<!-- -->//a.example www<!-- -->.b.example',
  );
});
