// What planning a large repo costs, as a ratio to the floor: the same YAML library parsing the same
// inputs and printing the same objects, and nothing else. Both in this process, alternating.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { openRepo } from '../dist/io/repo.js';
import { namedRoot } from '../dist/io/root.js';
import { writeChanges } from '../dist/io/write.js';
import { planRepo } from '../dist/pipeline.js';

const apps = 40;
const clusters = 25;
const rounds = 5;
const limit = 1;

const core = (kind, name, spec, extra = {}) =>
  `---\n${stringify({ apiVersion: 'core.oam.dev/v1beta1', kind, metadata: { name, ...extra }, spec })}`;
const names = Array.from({ length: apps }, (_, index) => `shop-${index}`);
const application = (name, image) =>
  core(
    'Application',
    name,
    { components: [{ name: `${name}-web`, type: 'webservice', properties: { image } }] },
    { annotations: { 'app.oam.dev/revision-only': 'true' } },
  );
const placement = [
  { clusterSelector: { labels: { tier: 'prod' }, policy: 'All' }, distribution: { replicas: 50, type: 'Divided' } },
];
const target = (name, version) => ({
  revisionName: `${name}-v${version}`,
  componentName: `${name}-web`,
  port: 80,
  weight: 50,
});
const deployment = (name) =>
  core('AppDeployment', name, {
    traffic: { hosts: [`${name}.example.com`], http: [{ weightedTargets: [target(name, 1), target(name, 2)] }] },
    appRevisions: [1, 2].map((version) => ({ revisionName: `${name}-v${version}`, placement })),
  });

const root = mkdtempSync(join(tmpdir(), 'appdeploy-bench-'));
const write = (path, text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const commit = () => {
  execFileSync('git', ['add', '--all'], { cwd: root });
  execFileSync(
    'git',
    ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '--message', 'bench'],
    { cwd: root },
  );
};
const options = { version: JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version };
const planHere = async () => planRepo(openRepo(await namedRoot(root)), options);
const record = async () => writeChanges(root, { files: (await planHere()).records.writes, removals: [] }, process.pid);

execFileSync('git', ['init', '--quiet'], { cwd: root });
write(
  'clusters.yaml',
  Array.from({ length: clusters }, (_, index) => core('Cluster', `c${index}`, {}, { labels: { tier: 'prod' } })).join(
    '',
  ),
);
for (const image of ['nginx:1.28', 'nginx:1.29']) {
  for (const name of names) write(`apps/${name}.yaml`, application(name, image));
  await record();
  commit();
}
for (const name of names) write(`deployments/${name}.yaml`, deployment(name));
commit();

const inputs = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml') && !path.startsWith('.git'))
  .map((path) => join(root, path));
const outputs = [...(await planHere()).output]
  .filter(([path]) => path.endsWith('.yaml'))
  .map(([, text]) => parse(text));
const floor = () => {
  for (const path of inputs) for (const document of parseAllDocuments(readFileSync(path, 'utf8'))) document.toJS();
  for (const object of outputs) stringify(object, { lineWidth: 0 });
};

const seconds = async (work) => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};
const best = { plan: Infinity, floor: Infinity };
for (let round = 0; round < rounds; round += 1) {
  best.floor = Math.min(best.floor, await seconds(floor));
  best.plan = Math.min(best.plan, await seconds(planHere));
}
rmSync(root, { recursive: true });

const ratio = best.plan / best.floor;
console.log(
  `${apps} AppDeployments x ${clusters} clusters: ${inputs.length} files in, ${outputs.length} manifests out`,
);
console.log(
  `plan ${best.plan.toFixed(2)} s, floor ${best.floor.toFixed(2)} s, ratio ${ratio.toFixed(2)} (at most ${limit})`,
);
process.exitCode = ratio <= limit ? 0 : 1;
