import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPageAssets } from '../../src/io/page-assets.ts';
import { diffHtml } from '../../src/report/diff/html/page.ts';
import { rolloutView } from '../../src/report/diff/html/rollout-view.ts';
import { deployment, placed, reportOn, routes } from '../support/fleet-state.ts';

const assets = await readPageAssets();

/** A VirtualService with its Services on a cluster. */
function routed(cluster: string, ...rules: readonly Readonly<Record<string, number>>[]): ReturnType<typeof placed>[] {
  return routes(...rules).map((object) => placed(object, { cluster }));
}

/** The texts between two marks, in their order. */
function between(text: string, start: string, end: string): string[] {
  return text
    .split(start)
    .slice(1)
    .map((part) => part.slice(0, part.indexOf(end)));
}

describe('the page', () => {
  const before = [placed(deployment('shop-v1', { replicas: 2 }))];
  const after = [placed(deployment('shop-v1', { replicas: 3 }))];
  const page = diffHtml(reportOn(before, after), assets);

  test('loads nothing, and lets run what its policy has the digest of', () => {
    const digests = [/<style>([\s\S]*)<\/style>/, /<script>([\s\S]*)<\/script>/].map((part) =>
      createHash('sha256')
        .update(part.exec(page)?.[1] ?? '')
        .digest('base64'),
    );
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${digests[0]}'; script-src 'sha256-${digests[1]}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page).not.toMatch(/\b(?:src|href)="(?!#)|url\(|@import|\sstyle="|\son\w+="/);
  });

  test('has each id once, and labels what it refers to', () => {
    const ids = between(page, ' id="', '"');
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of between(page, 'aria-labelledby="', '"')) expect(ids).toContain(id);
  });

  test('says what it says in text, too', () => {
    expect(page).toContain('1 of 1 have an object that changes');
    expect(page).toContain('<th scope="row"><code>spec.replicas</code></th>');
    expect(diffHtml(reportOn(before, before), assets)).toContain('<p>No object changes.</p>');
  });

  test('is the same for the same report', () => {
    expect(diffHtml(reportOn(before, after), assets)).toBe(page);
  });
});

test('what a repo holds is text, wherever it stands', () => {
  const nasty = `"'><script>alert(1)</script><img src=x onerror=alert(1)>{{constructor}}</pre>`;
  const on = { owner: `default/${nasty}`, cluster: nasty };
  const object = (value: string): Parameters<typeof placed>[0] => ({
    ...deployment(nasty, { replicas: value.length, [nasty]: value }, `${nasty}:${value}`),
    kind: nasty,
  });
  const page = diffHtml(reportOn([placed(object('a'), on)], [placed(object('bb'), on)]), assets);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page.split('<script').length).toBe(2);
  expect(page).not.toContain('<img');
  expect(between(page, '</pre', '').length).toBe(1);
});

test('a Secret is masked', () => {
  const secret = (value: string): ReturnType<typeof placed> =>
    placed({ apiVersion: 'v1', kind: 'Secret', stringData: { word: value } });
  const page = diffHtml(reportOn([secret('hunter2')], [secret('hunter3')]), assets);
  expect(page).toContain('******** (changed)');
  expect(page).not.toContain('hunter');
});

describe('the matrix', () => {
  test('has a column for each revision, oldest first, and a row for alike clusters', () => {
    const shop = (count: number, clusters: readonly string[]): ReturnType<typeof placed>[] =>
      clusters.flatMap((cluster) =>
        ['shop-v10', 'shop-v2'].map((name) => placed(deployment(name, { replicas: count }), { cluster })),
      );
    const [rollout] = rolloutView(
      reportOn([...shop(1, ['a', 'b', 'c', 'd', 'e'])], [...shop(2, ['a', 'b', 'c', 'd', 'e'])]),
    );
    expect(rollout?.revisions).toEqual(['shop-v2', 'shop-v10']);
    expect(rollout?.sites.map(({ clusters, allClusters }) => [clusters, allClusters])).toEqual([
      ['a, b, c and 2 more', 'a, b, c, d, e'],
    ]);
  });

  test('says where a revision is not', () => {
    const [v1, v2] = ['shop-v1', 'shop-v2'].map((name) => placed(deployment(name, { replicas: 1 })));
    if (v1 === undefined || v2 === undefined) throw new TypeError('no objects');
    const other = placed(deployment('shop-v2', { replicas: 1 }), { cluster: 'c2' });
    const [rollout] = rolloutView(reportOn([v1], [v1, v2, other]));
    const c2 = rollout?.sites.find(({ clusters }) => clusters === 'c2');
    expect(c2?.cells.map(({ isThere }) => isThere)).toEqual([false, true]);
  });
});

describe('the picture of traffic', () => {
  const weights = fc
    .array(fc.nat(20), { minLength: 5, maxLength: 5 })
    .filter((parts) => parts.some((part) => part > 0))
    .map((parts) => {
      const sum = parts.reduce((total, part) => total + part, 0);
      const shares = parts.map((part) => Math.floor((part * 100) / sum));
      const rest = 100 - shares.reduce((total, share) => total + share, 0);
      return shares.map((share, index) => share + (index === 0 ? rest : 0));
    });
  const named = (shares: readonly number[]): Record<string, number> =>
    Object.fromEntries(shares.map((share, index) => [`shop-v${index + 1}`, share]));

  test('fills each bar to the end, a segment beginning where the one before ends', () => {
    fc.assert(
      fc.property(weights, weights, (was, is) => {
        fc.pre(JSON.stringify(was) !== JSON.stringify(is));
        const [rollout] = rolloutView(reportOn(routed('c1', named(was)), routed('c1', named(is))));
        const [picture] = rollout?.sites[0]?.pictures ?? [];
        for (const bar of [picture?.before ?? [], picture?.after ?? []]) {
          let end = 0;
          for (const { x, width } of bar) {
            expect(x).toBe(end);
            expect(width).toBeGreaterThan(0);
            end += width;
          }
          expect(end).toBe(100);
        }
        expect(picture?.before.map(({ width }) => width)).toEqual(was.filter((share) => share > 0));
        expect(picture?.after.map(({ width }) => width)).toEqual(is.filter((share) => share > 0));
      }),
    );
  });

  test('is told in words and by a legend', () => {
    const report = reportOn(
      routed('c1', { 'shop-v1': 90, 'shop-v2': 10 }),
      routed('c1', { 'shop-v1': 50, 'shop-v2': 50 }),
    );
    const [picture] = rolloutView(report)[0]?.sites[0]?.pictures ?? [];
    expect(picture?.description).toBe('Traffic on c1: shop-v1 from 90% to 50%, shop-v2 from 10% to 50%');
    expect(picture?.legend.map(({ revision, weight }) => [revision, weight.before, weight.after])).toEqual([
      ['shop-v1', '90%', '50%'],
      ['shop-v2', '10%', '50%'],
    ]);
    expect(picture?.ribbons.map(({ points }) => points)).toEqual(['0,0 90,0 50,1 0,1', '90,0 100,0 100,1 50,1']);
  });

  test('is one for each rule; none where nothing is routed', () => {
    const rules = (first: number): ReturnType<typeof placed>[] =>
      routed('c1', { 'shop-v1': first, 'shop-v2': 100 - first }, { 'shop-v1': 100 });
    const pictures = rolloutView(reportOn(rules(20), rules(30)))[0]?.sites[0]?.pictures ?? [];
    expect(pictures.map(({ rule }) => rule)).toEqual(['rule 1', 'rule 2']);
    const silent = [placed(deployment('shop-v1', { replicas: 1 }))];
    expect(rolloutView(reportOn([], silent)).map(({ hasTraffic }) => hasTraffic)).toEqual([false]);
  });

  test('what is routed has a colour of its own, however many revisions run', () => {
    const idle = Array.from({ length: 9 }, (_, index) => placed(deployment(`shop-v${index + 1}`, { replicas: 1 })));
    const traffic = (weight: number): ReturnType<typeof placed>[] =>
      routed('c1', { 'shop-v1': 100 - weight, 'shop-v9': weight });
    const report = reportOn([...idle, ...traffic(10)], [...idle, ...traffic(50)]);
    const [picture] = rolloutView(report)[0]?.sites[0]?.pictures ?? [];
    expect(picture?.legend.map(({ colour }) => colour)).toEqual([0, 1]);
    expect(picture?.before.map(({ title }) => title)).toEqual(['shop-v1 90%', 'shop-v9 10%']);
  });

  test('a rule that comes before another one leaves that one\u2019s picture as it is', () => {
    const split = { 'shop-v1': 80, 'shop-v2': 20 };
    const report = reportOn(routed('c1', split), routed('c1', { 'shop-v2': 100 }, split));
    const pictures = rolloutView(report)[0]?.sites[0]?.pictures ?? [];
    expect(pictures.map(({ description }) => description)).toEqual([
      'Traffic on c1, rule 1: shop-v2 from 0% to 100%',
      'Traffic on c1, rule 2: shop-v1 from 80% to 80%, shop-v2 from 20% to 20%',
    ]);
  });

  test('traffic that begins or ends leaves the other bar empty', () => {
    const pictures = (from: ReturnType<typeof placed>[], to: ReturnType<typeof placed>[]): [number, number] => {
      const [picture] = rolloutView(reportOn(from, to))[0]?.sites[0]?.pictures ?? [];
      return [picture?.before.length ?? -1, picture?.after.length ?? -1];
    };
    expect(pictures([], routed('c1', { 'shop-v1': 100 }))).toEqual([0, 1]);
    expect(pictures(routed('c1', { 'shop-v1': 100 }), [])).toEqual([1, 0]);
  });
});
