import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPageAssets } from '../../src/io/page-assets.ts';
import { diffHtml } from '../../src/report/diff/html/page.ts';
import { accessibilityOf, imageDifference, openPage } from '../support/browser.ts';
import { deployment, placed, reportOn, routes } from '../support/fleet-state.ts';
import { fleet, shopImage, shopOn } from '../support/fleet.ts';

/** A change on sixty clusters: weight moves to v2 while its replicas rise, and cart goes. */
async function changedFleet(): Promise<string> {
  const repo = await fleet(60);
  repo.write({ 'shop.yaml': shopImage('nginx:1.30'), 'site.yaml': shopOn(50, { 'shop-v1': 4, 'shop-v2': 6 }) });
  const { stdout } = await repo
    .write({ 'cart.yaml': undefined })
    .appdeploy('diff', '--format', 'html', '--max-blast-radius', '50%', '-q');
  return stdout.replaceAll(/HEAD \([0-9a-f]{12}\)/g, 'HEAD (0123456789ab)');
}

let made: Promise<string> | undefined;
/** The page on that change, made once. */
const fleetPage = (): Promise<string> => (made ??= changedFleet());
const everything = '3 changes';

describe('in a browser', () => {
  test('it opens from a file, loads nothing else, and nothing complains', async () => {
    const { page, complaints, requests } = await openPage(await fleetPage());
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('What changes');
    await page.getByRole('button', { name: 'Unfold all' }).click();
    expect(requests.map((address) => address.slice(0, 'file:///'.length))).toEqual(['file:///']);
    expect(complaints).toEqual([]);
  });

  test('names that look like markup run nothing', async () => {
    const nasty = `"'><script>alert(1)</script><img src=https://example.com/x onerror=alert(1)>`;
    const object = (image: string): ReturnType<typeof placed> =>
      placed(deployment(nasty, { [nasty]: image }, image), { owner: `default/${nasty}`, cluster: nasty });
    const report = reportOn([object('a')], [object(nasty)]);
    const { page, complaints, requests } = await openPage(diffHtml(report, await readPageAssets()));
    await page.getByRole('button', { name: 'Unfold all' }).click();
    expect(await page.getByRole('status').innerText()).toBe('1 change');
    expect({ complaints, loaded: requests.length }).toEqual({ complaints: [], loaded: 1 });
  });

  test('its own policy stops what should not be there', async () => {
    const { complaints } = await openPage((await fleetPage()).replace('</main>', '<script>alert(1)</script></main>'));
    expect(complaints).toEqual([expect.stringContaining('Content Security Policy') as string]);
  });

  test('without scripts all is there but the filter, and folds by itself', async () => {
    const { page } = await openPage(await fleetPage(), { javaScriptEnabled: false });
    expect(await page.getByRole('search').count()).toBe(0);
    const diff = page.locator('.diff').first();
    expect(await diff.isVisible()).toBe(false);
    await page.locator('[data-object] summary').first().click();
    expect(await diff.isVisible()).toBe(true);
  });

  test('on a narrow screen nothing sticks out', async () => {
    const { page } = await openPage(await fleetPage(), { viewport: { width: 360, height: 700 } });
    await page.getByRole('button', { name: 'Unfold all' }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });
});

test('of thousands of objects, those off the screen are not laid out, but printed', async () => {
  const objects = (replicas: number): ReturnType<typeof placed>[] =>
    Array.from({ length: 2000 }, (_, index) =>
      placed(deployment(`shop-v${index}`, { replicas }), {
        cluster: `c${index % 60}`,
        owner: `default/o${index % 50}`,
      }),
    );
  const { page, complaints } = await openPage(diffHtml(reportOn(objects(1), objects(2)), await readPageAssets()));
  await page.getByRole('searchbox').fill('o7 shop-v1957');
  expect(await page.getByRole('status').innerText()).toBe('1 of 2000 changes');
  const skips = `getComputedStyle(document.querySelector('[data-object]')).contentVisibility`;
  expect(await page.evaluate(skips)).toBe('auto');
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate(skips)).toBe('visible');
  expect(complaints).toEqual([]);
});

test('long names make no page wider than a narrow screen', async () => {
  const long = (letter: string): string => letter.repeat(63);
  const there = { cluster: long('c'), owner: `${long('n')}/${long('o')}` };
  const side = (weight: number): ReturnType<typeof placed>[] => [
    ...routes({ [long('v')]: weight, v2: 100 - weight }).map((object) => placed(object, there)),
    placed(deployment(long('v'), { replicas: weight }, `${long('i')}:${weight}`), there),
  ];
  const html = diffHtml(reportOn(side(10), side(60)), await readPageAssets());
  const { page } = await openPage(html, { viewport: { width: 360, height: 700 } });
  await page.getByRole('button', { name: 'Unfold all' }).click();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
});

describe('the tree of objects', () => {
  test('is filtered by words, which stand in names, fields, values and clusters', async () => {
    const { page } = await openPage(await fleetPage());
    const found = async (words: string): Promise<string> => {
      await page.getByRole('searchbox').fill(words);
      return page.getByRole('status').innerText();
    };
    expect(await found('')).toBe(everything);
    expect(await found('virtualservice')).toBe('1 of 3 changes');
    expect(await found('c42 ROUTE[0].weight')).toBe('1 of 3 changes');
    expect(await found('default/cart')).toBe('1 of 3 changes');
    expect(await page.getByText('VirtualService shop', { exact: true }).isVisible()).toBe(false);
    expect(await page.locator('.tree > li').filter({ visible: true }).count()).toBe(1);
    expect(await found('nothing has this')).toBe('0 of 3 changes');
    expect(await page.locator('.tree > li').filter({ visible: true }).count()).toBe(0);
  });

  test('is filtered by action and by cluster', async () => {
    const { page } = await openPage(await fleetPage());
    const status = page.getByRole('status');
    await page.getByLabel('removed').uncheck();
    expect(await status.innerText()).toBe('2 of 3 changes');
    await page.getByLabel('changed').uncheck();
    expect(await status.innerText()).toBe('0 of 3 changes');
    await page.getByLabel('changed').check();
    await page.getByLabel('removed').check();
    await page.getByRole('combobox', { name: 'Cluster' }).selectOption('c07');
    expect(await status.innerText()).toBe(everything);
  });

  test('unfolds and folds, one object or all', async () => {
    const { page } = await openPage(await fleetPage());
    const shown = page.locator('.diff').filter({ visible: true });
    expect(await shown.count()).toBe(0);
    await page.getByText('Deployment web-v2').click();
    expect(await shown.count()).toBe(1);
    await page.getByRole('button', { name: 'Unfold all' }).click();
    expect(await shown.count()).toBe(3);
    await page.getByRole('button', { name: 'Fold all', exact: true }).click();
    expect(await shown.count()).toBe(0);
    expect(await page.getByText('Deployment web-v2').isVisible()).toBe(true);
  });

  test('is used by keyboard alone', async () => {
    const { page } = await openPage(await fleetPage());
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the changes');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('words');
    await page.keyboard.type('a/b');
    expect(await page.getByRole('searchbox').inputValue()).toBe('a/b');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    expect(await page.getByRole('status').innerText()).toBe(everything);
    const summary = page.locator('[data-object] summary').first();
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press('Tab');
      if (await summary.evaluate((element) => element.matches(':focus'))) break;
    }
    await page.keyboard.press('Enter');
    expect(await page.locator('.diff').filter({ visible: true }).count()).toBe(1);
  });
});

describe('for everybody', () => {
  test.each(['light', 'dark'] as const)('axe-core finds nothing wrong in %s colours, folded or not', async (scheme) => {
    const { page } = await openPage(await fleetPage(), { colorScheme: scheme });
    for (const button of ['Fold all', 'Unfold all']) {
      await page.getByRole('button', { name: button, exact: true }).click();
      const { violations, tried } = await accessibilityOf(page);
      expect(violations).toEqual([]);
      expect(tried('color-contrast')).toBeGreaterThan(30);
      expect(tried('svg-img-alt')).toBeGreaterThan(0);
    }
  });

  test('axe-core would find something wrong', async () => {
    const { page } = await openPage((await fleetPage()).replace('<h2 id="reach"', '<img><h2 id="reach"'));
    const { violations } = await accessibilityOf(page);
    expect(violations).toEqual([expect.stringContaining('image-alt') as string]);
  });

  test('the button turns the colours round', async () => {
    const { page } = await openPage(await fleetPage(), { colorScheme: 'dark' });
    const background = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await background()).toBe('rgb(13, 17, 23)');
    await page.getByRole('button', { name: 'Light colours' }).click();
    expect(await background()).toBe('rgb(255, 255, 255)');
    await page.getByRole('button', { name: 'Dark colours' }).click();
    expect(await background()).toBe('rgb(13, 17, 23)');
    expect((await accessibilityOf(page)).violations).toEqual([]);
  });

  test('on paper everything is unfolded, light, and without what one clicks', async () => {
    const { page } = await openPage(await fleetPage(), { colorScheme: 'dark' });
    await page.evaluate(`addEventListener('beforeprint', () => {
      document.title = document.querySelectorAll('details:not([open])').length + ' folded';
    })`);
    const pdf = await page.pdf();
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await page.title()).toBe('0 folded');
    expect(await page.locator('.diff').filter({ visible: true }).count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#filter, #theme').filter({ visible: true }).count()).toBe(0);
    expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(31, 35, 40)');
  });
});

test('docs/images/diff.png shows what the page looks like', async () => {
  const { page } = await openPage(await fleetPage(), { bypassCSP: true });
  const fonts = `body { font-family: 'DejaVu Sans' } code, kbd, pre, .sign { font-family: 'DejaVu Sans Mono' }`;
  await page.addStyleTag({ content: fonts });
  await page.getByText('VirtualService shop').click();
  const image = await page.screenshot({ fullPage: true });
  const file = new URL('../../docs/images/diff.png', import.meta.url);
  if (process.env['UPDATE_GOLDEN'] !== undefined) {
    mkdirSync(new URL('.', file), { recursive: true });
    writeFileSync(file, image);
  }
  expect(await imageDifference(page, readFileSync(file), image)).toBeLessThan(0.01);
});
