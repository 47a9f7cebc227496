import { renameSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText, encodingFault } from '../../src/load/encoding.ts';
import { application } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

const shop = application(
  'shop',
  [{ name: 'web', properties: { image: 'nginx', env: [{ name: 'A', value: 'caf\u00e9' }] } }],
  {
    direct: true,
  },
);

function faultOf(bytes: Uint8Array): string | undefined {
  const found = encodingFault({ path: 'a.yaml', text: decodeText(bytes) });
  return found && `${found.origin.line}:${found.origin.column} ${found.message}`;
}

describe('bytes that are not UTF-8', () => {
  test.each<[string, number[], string | undefined]>([
    ['ISO-8859-1', [0x61, 0x0a, 0x62, 0xe9, 0x0a], '2:2 the byte 0xe9 here is not UTF-8'],
    ['an overlong form', [0x61, 0xc0, 0xaf], '1:2 the byte 0xc0 here is not UTF-8'],
    ['half of a character at the end', [0x61, 0xe2, 0x82], '1:2 the byte 0xe2 here is not UTF-8'],
    ['a surrogate by itself', [0xed, 0xa0, 0x80], '1:1 the byte 0xed here is not UTF-8'],
    ['beyond Unicode', [0xf5, 0x80, 0x80, 0x80], '1:1 the byte 0xf5 here is not UTF-8'],
    ['UTF-16 with its mark', [0xff, 0xfe, 0x61, 0], '1:1 this file is UTF-16; expected UTF-8'],
    ['UTF-16, the other order', [0xfe, 0xff, 0, 0x61], '1:1 this file is UTF-16; expected UTF-8'],
    ['UTF-16 without its mark', [0x61, 0, 0x62, 0], '1:1 this file is UTF-16; expected UTF-8'],
    ['the mark of UTF-8', [0xef, 0xbb, 0xbf, 0x61], undefined],
    ['nothing', [], undefined],
  ])('%s', (_what, bytes, expected) => {
    expect(faultOf(Uint8Array.from(bytes))).toBe(expected);
  });

  test('are found exactly where a strict decoder finds them', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc
        .tuple(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 2 }), fc.string({ unit: 'grapheme' }))
        .map(([a, b, c]) => Buffer.concat([Buffer.from(`a${a}`), b, Buffer.from(c)])),
    );
    fc.assert(
      fc.property(bytes, (each) => {
        fc.pre(each[0] !== 0 && each[1] !== 0 && ![0xfe, 0xff].includes(each[0] ?? 0));
        let strict: string | undefined;
        try {
          strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(each);
        } catch {
          strict = undefined;
        }
        if (strict === undefined) expect(faultOf(each)).toBeDefined();
        else expect([decodeText(each), faultOf(each)]).toEqual([strict, undefined]);
      }),
    );
  });
});

describe('a file of ours', () => {
  const latin1 = Buffer.from(shop, 'latin1');
  const wide = Buffer.from(`\ufeff${shop}`, 'utf16le');

  test.each([
    ['in ISO-8859-1', latin1, /a\.yaml:\d+:\d+: error INVALID_ENCODING: the byte 0xe9 here/],
    ['in UTF-16', wide, /a\.yaml:1:1: error INVALID_ENCODING: this file is UTF-16/],
  ])('%s is a problem for every verb, and nothing is written', async (_how, bytes, says) => {
    const repo = new ScratchRepo().write({ 'a.yaml': bytes });
    for (const verb of [['validate'], ['render'], ['check'], ['generate', '--cluster', 'in-cluster']]) {
      const { code, stderr } = await repo.appdeploy(...verb);
      expect([code, stderr]).toEqual([1, expect.stringMatching(says)]);
    }
    repo.commit();
    expect(await repo.appdeploy('render', '--staged')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(says) as string,
    });
    expect(repo.git('status', '--porcelain')).toBe('');
  });

  test('with the mark of UTF-8 is read', async () => {
    const repo = new ScratchRepo().write({ 'a.yaml': `\ufeff${shop}` });
    expect((await repo.appdeploy('validate')).code).toBe(0);
  });

  test.each([true, false])('whose name is not UTF-8 is a problem (with Git: %s)', async (git) => {
    const repo = new ScratchRepo({ git }).write({ 'a.yaml': shop, 'b.yaml': shop.replaceAll('shop', 'other') });
    renameSync(
      join(repo.root, 'b.yaml'),
      Buffer.concat([Buffer.from(`${repo.root}/caf`), Buffer.from([0xe9]), Buffer.from('.yaml')]),
    );
    const { code, stderr } = await repo.appdeploy('validate');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('INVALID_ENCODING: the name of this file is not UTF-8'),
    ]);
  });

  test('is none of ours when it only lies there', async () => {
    const repo = new ScratchRepo().write({
      'a.yaml': shop,
      'x.yaml': Buffer.from([0x61, 0xff, 0xfe, 0, 0]),
      'image.png': Buffer.from([0x89, 0xff]),
    });
    expect((await repo.appdeploy('validate')).code).toBe(0);
  });
});
