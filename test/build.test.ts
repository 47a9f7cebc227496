import { accessSync, constants } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('a link to the built program can be run', () => {
  const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
  expect(() => accessSync(cli, constants.X_OK)).not.toThrow();
});
