// Removes the folders named on the command line; `rm -rf` that works on every platform.
import { rm } from 'node:fs/promises';

await Promise.all(process.argv.slice(2).map((path) => rm(path, { recursive: true, force: true })));
