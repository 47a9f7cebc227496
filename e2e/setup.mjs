// Builds the programs of the end-to-end suite, once: `npm run e2e:setup`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { goVersion, programPath, programs, versions } from './programs.mjs';

/** Builds one program under another name first, so that an interrupted build leaves none half-done. */
function build(name, { module, from, set }, target) {
  const unfinished = `${target}.${process.pid}`;
  const values = Object.entries(set).map(([variable, value]) => `-X ${variable}=${value}`);
  const flags = ['build', '-trimpath', `-ldflags=${['-s', '-w', ...values].join(' ')}`, '-o', unfinished, from];
  const started = Date.now();
  console.log(`building ${name} from ${from}; the first time takes minutes`);
  // A module may want a newer Go than there is; Go then takes it from where it takes modules.
  const env = { ...process.env, GOTOOLCHAIN: 'auto' };
  const { status, error } = spawnSync('go', flags, { cwd: module, env, stdio: 'inherit' });
  if (status !== 0) {
    rmSync(unfinished, { force: true });
    throw new Error(`go build of ${name} failed${error === undefined ? '' : `: ${error.message}`}`);
  }
  renameSync(unfinished, target);
  console.log(`built ${name} in ${Math.round((Date.now() - started) / 1000)} s`);
}

try {
  console.log(`Kubernetes ${versions.kubernetes}, Argo CD ${versions.argocd}, ${goVersion()}`);
  for (const [name, program] of Object.entries(programs)) {
    const target = programPath(name);
    mkdirSync(dirname(target), { recursive: true });
    if (existsSync(target)) console.log(`${target} is there`);
    else build(name, program, target);
  }
} catch (error) {
  console.error(`e2e:setup: ${error.message}`);
  process.exitCode = 1;
}
