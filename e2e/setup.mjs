// Builds the programs of the end-to-end suite, once: `npm run e2e:setup`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { goVersion, kubernetesVersion, programFolder, programs, toolsFolder } from './programs.mjs';

/** Builds one program under another name first, so that an interrupted build leaves none half-done. */
function build(name, { from, set }, target) {
  const unfinished = `${target}.${process.pid}`;
  const values = Object.entries(set).map(([variable, value]) => `-X ${variable}=${value}`);
  const flags = ['build', '-trimpath', `-ldflags=${['-s', '-w', ...values].join(' ')}`, '-o', unfinished, from];
  const started = Date.now();
  console.log(`building ${name} from ${from}; the first time takes minutes`);
  const { status, error } = spawnSync('go', flags, { cwd: toolsFolder, stdio: 'inherit' });
  if (status !== 0) {
    rmSync(unfinished, { force: true });
    throw new Error(`go build of ${name} failed${error === undefined ? '' : `: ${error.message}`}`);
  }
  renameSync(unfinished, target);
  console.log(`built ${name} in ${Math.round((Date.now() - started) / 1000)} s`);
}

try {
  const folder = programFolder();
  mkdirSync(folder, { recursive: true });
  console.log(`Kubernetes ${kubernetesVersion}, ${goVersion()}, kept in ${folder}`);
  for (const [name, program] of Object.entries(programs)) {
    const target = join(folder, name);
    if (existsSync(target)) console.log(`${name} is there`);
    else build(name, program, target);
  }
} catch (error) {
  console.error(`e2e:setup: ${error.message}`);
  process.exitCode = 1;
}
