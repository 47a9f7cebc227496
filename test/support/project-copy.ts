import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this project. */
export const project = fileURLToPath(new URL('../../', import.meta.url));

/** Copies what Git knows of this project, or would: no dependencies, and nothing that was built. */
export function copyProject(to: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: project,
    encoding: 'utf8',
  });
  for (const path of listed.split('\0').filter((each) => each !== ''))
    cpSync(join(project, path), join(to, path), { recursive: true });
}
