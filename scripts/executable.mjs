// Makes the files named on the command line executable, so that a link to them goes on working after a build.
import { chmod } from 'node:fs/promises';

await Promise.all(process.argv.slice(2).map((path) => chmod(path, 0o755)));
