import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/**
 * Gives the folder of a Go module's files in Go's module cache, downloading it on the first call. Go checks it by
 * its checksum database, and we by the sum that is expected. Needs `go`; a newer Go than there is comes along.
 */
export function goModule({ path, version, sum }) {
  const found = JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', `${path}@${version}`], {
      cwd: tmpdir(),
      encoding: 'utf8',
      env: { ...process.env, GOTOOLCHAIN: 'auto', GOFLAGS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  if (found.Sum !== sum) throw new Error(`${path}@${version} has the sum ${found.Sum}, and ${sum} is expected`);
  return found.Dir;
}
