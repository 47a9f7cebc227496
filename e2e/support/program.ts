import { existsSync } from 'node:fs';
import { programPath } from '../programs.mjs';

/** The path of a program that `npm run e2e:setup` has built. @throws where it has not */
export function program(name: string): string {
  const path = programPath(name);
  if (!existsSync(path)) throw new Error(`there is no ${path}: run npm run e2e:setup`);
  return path;
}
