// The schemas of what commands print: the program does not read them, so the compiler leaves them out of dist.
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
cpSync(at('src/schema/output'), at('dist/schema/output'), { recursive: true });
