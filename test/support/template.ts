import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { ScratchRepo } from './scratch-repo.ts';

/** A copy of a repo that is made once for all test files. */
export async function copyOf(key: string, make: () => Promise<ScratchRepo>): Promise<ScratchRepo> {
  const template = join(inject('templates'), createHash('sha256').update(key).digest('hex'));
  if (!existsSync(template)) keep(await make(), template);
  const copy = new ScratchRepo({ git: false });
  cpSync(template, copy.root, { recursive: true });
  return copy;
}

/** Appears as a whole; another worker may have made the same one meanwhile. */
function keep(made: ScratchRepo, template: string): void {
  const whole = mkdtempSync(`${template}-`);
  cpSync(made.root, whole, { recursive: true });
  try {
    renameSync(whole, template);
  } catch (error) {
    if (!existsSync(template)) throw error;
    rmSync(whole, { recursive: true });
  }
}
