import { writeFileSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { ScratchRepo } from './scratch-repo.ts';

/** Debian's Chromium; CHROMIUM names another one. */
const program = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** As root in a container, without a graphics card, and without calls of its own to the network. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
  '--disable-lcd-text',
];

let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

/** A page that a browser shows from a file, with what it complained about and asked for. */
export interface OpenPage {
  readonly page: Page;
  /** Messages on the console, and exceptions that nothing caught. */
  readonly complaints: readonly string[];
  /** Everything that was loaded. */
  readonly requests: readonly string[];
}

/** Opens a text as an HTML file. @throws when there is no Chromium */
export async function openPage(html: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  browser ??= chromium.launch({ executablePath: program, args: flags });
  const context = await (await browser).newContext({ viewport: { width: 1100, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => requests.push(request.url()));
  const file = `${new ScratchRepo({ git: false }).root}/page.html`;
  writeFileSync(file, html);
  await page.goto(`file://${file}`);
  return { page, complaints, requests };
}

/** What axe-core found wrong, and on how many elements it tried a rule. */
export interface Accessibility {
  /** `rule: what is wrong (selector)` */
  readonly violations: readonly string[];
  readonly tried: (rule: string) => number;
}

/** Runs all of axe-core's rules, the best practices too, on the page as it stands. */
export async function accessibilityOf(page: Page): Promise<Accessibility> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations", "passes"] })');
  return {
    violations: found.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`),
    ),
    tried: (rule) => found.passes.find(({ id }) => id === rule)?.nodes.length ?? 0,
  };
}

/** The share of pixels in which two PNG images differ visibly, 0 to 1; 1 where their sizes differ. */
export async function imageDifference(page: Page, before: Buffer, after: Buffer): Promise<number> {
  const [was, is] = [before, after].map((image) => JSON.stringify(`data:image/png;base64,${image.toString('base64')}`));
  return page.evaluate<number>(`(async () => {
    const pixels = async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height);
    };
    const [one, two] = [await pixels(${was ?? ''}), await pixels(${is ?? ''})];
    if (one.width !== two.width || one.height !== two.height) return 1;
    let count = 0;
    for (let at = 0; at < one.data.length; at += 4)
      if ([0, 1, 2].some((part) => Math.abs(one.data[at + part] - two.data[at + part]) > 48)) count++;
    return count / (one.width * one.height);
  })()`);
}
