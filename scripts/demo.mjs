// Plays the quick start's seven steps as commits of a scratch repo, with the built appdeploy.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const example = fileURLToPath(new URL('../examples/quick-start/', import.meta.url));
const repo = mkdtempSync(join(tmpdir(), 'appdeploy-demo-'));
// A Git of its own: neither the caller's repo nor the caller's settings reach in.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
const person = { AUTHOR: 'author', COMMITTER: 'committer' };
for (const [role, name] of Object.entries(person)) {
  env[`GIT_${role}_NAME`] = `demo ${name}`;
  env[`GIT_${role}_EMAIL`] = 'demo@example.com';
}

const git = (...args) => execFileSync('git', args, { cwd: repo, env, encoding: 'utf8' });
const appdeploy = (...args) => {
  console.log(`\n$ appdeploy ${args.join(' ')}`);
  execFileSync(process.execPath, [cli, ...args], { cwd: repo, env, stdio: 'inherit' });
};
const commit = (message) => {
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', message);
  console.log(`\n$ git commit --all --message "${message}"`);
};
const step = (number, title) => console.log(`\n\n=== ${number}. ${title} ===`);
const use = (source, target) => copyFileSync(join(example, 'steps', source), join(repo, target));

/** What `kubectl get deploy` would show: the rendered files. */
function showRendered() {
  console.log('\n$ find rendered -type f');
  const folder = join(repo, 'rendered');
  if (!existsSync(folder)) console.log('(nothing is rendered)');
  else for (const path of listFiles(folder, 'rendered')) console.log(path);
}

function listFiles(folder, prefix) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory()
        ? listFiles(join(folder, entry.name), `${prefix}/${entry.name}`)
        : [`${prefix}/${entry.name}`],
    )
    .toSorted((a, b) => (a < b ? -1 : 1));
}

function renderAndCommit(message, ...options) {
  appdeploy('render', ...options);
  commit(message);
  appdeploy('revisions');
  showRendered();
}

git('-c', 'init.defaultBranch=main', 'init', '--quiet');
copyFileSync(join(example, 'appdeploy.yaml'), join(repo, 'appdeploy.yaml'));
console.log(`The quick start, in ${repo}`);

step(1, 'Create the Application: its first revision is example-app-v1, and nothing runs yet');
use('1-application.yaml', 'application.yaml');
renderAndCommit('Add example-app');

step(2, 'Deploy example-app-v1 with an AppDeployment');
use('2-appdeployment.yaml', 'appdeployment.yaml');
renderAndCommit('Deploy example-app-v1');

step(3, 'One Deployment, testsvc-v1 with 2 replicas, is what Argo CD applies');
appdeploy('placements');

step(4, 'Change the Application: the change makes example-app-v2');
use('4-application.yaml', 'application.yaml');
renderAndCommit('Move example-app to nginx');

step(5, 'Deploy both revisions, one replica each');
use('5-appdeployment.yaml', 'appdeployment.yaml');
renderAndCommit('Deploy example-app-v2 beside v1');

step(6, 'Split the traffic in half, behind a Gateway');
use('6-appdeployment.yaml', 'appdeployment.yaml');
use('6-gateway.yaml', 'gateway.yaml');
renderAndCommit('Split the traffic of example-app');
appdeploy('check');

step(7, 'Clean up: everything that was rendered goes');
for (const file of ['application.yaml', 'appdeployment.yaml', 'gateway.yaml']) rmSync(join(repo, file));
renderAndCommit('Remove example-app', '--allow-empty');

if (process.env.KEEP_DEMO === undefined) rmSync(repo, { recursive: true, force: true });
else console.log(`\nkept: ${repo}`);
