import { parseAllDocuments } from 'yaml';
import { expect, test } from 'vitest';
import { byText, dig, digList } from '../../src/model/plain.ts';
import { appDeployment, application, cluster, definition, on } from '../support/documents.ts';
import { type Files, ScratchRepo } from '../support/scratch-repo.ts';

const config = (more = ''): string =>
  `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nargocd:\n  repoURL: https://git.example.com/shop.git\n${more}`;

const keda = definition(
  'TraitDefinition',
  'events',
  'outputs:\n  scaler:\n    apiVersion: keda.sh/v1alpha1\n    kind: ScaledObject\n    metadata: { name: {{context.name}} }\n    spec: { scaleTargetRef: { name: {{context.name}} } }\n',
);

/** `web` grows by an HPA, `jobs` by KEDA, `api` by nothing; `stopped` would grow, and has 0 replicas. */
const files: Files = {
  'appdeploy.yaml': config(),
  'apps.yaml':
    application('shop', [
      { name: 'web', traits: [{ type: 'hpa', properties: {} }] },
      { name: 'jobs', traits: [{ type: 'events' }] },
      { name: 'api' },
    ]) +
    application('plain', [{ name: 'plain' }]) +
    application('blog', [{ name: 'blog', traits: [{ type: 'hpa', properties: {} }] }], { direct: true }),
  'keda.yaml': keda,
  'clusters.yaml': cluster('east') + cluster('west'),
  'site.yaml':
    appDeployment('site', { 'shop-v1': [on('east', 3), on('west', 0)] }) +
    appDeployment('plain', { 'plain-v1': [on('east', 1)] }),
};

/** What an Application says of differences: the objects whose replicas it ignores, and its sync options. */
interface Ignoring {
  readonly ignored: readonly unknown[];
  readonly options: readonly unknown[];
}

/** By what the Application deploys: `site east`. */
function ignoringOf(yaml: string): Record<string, Ignoring> {
  const applications = parseAllDocuments(yaml)
    .map((document) => document.toJS() as unknown)
    .filter((object) => dig(object, 'kind') === 'Application');
  const entries = applications.map((object): [string, Ignoring] => {
    const [owner = ''] = String(dig(object, 'metadata', 'name')).split('-');
    const options = digList(object, 'spec', 'syncPolicy', 'syncOptions');
    const name = `${owner} ${String(dig(object, 'spec', 'destination', 'name'))}`;
    return [name, { ignored: digList(object, 'spec', 'ignoreDifferences'), options }];
  });
  return Object.fromEntries(entries.toSorted(([a], [b]) => byText(a, b)));
}

async function committed(given: Files): Promise<Record<string, Ignoring>> {
  const repo = new ScratchRepo().write(given);
  expect(await repo.appdeploy('render', '-q')).toMatchObject({ code: 0, stderr: '' });
  return ignoringOf(Object.values(repo.files('rendered/argocd')).join('---\n'));
}

const defaults = ['CreateNamespace=true', 'PruneLast=true', 'ServerSideApply=true'];
const ignoring = (name: string): object => ({
  group: 'apps',
  kind: 'Deployment',
  name,
  namespace: 'default',
  jqPathExpressions: ['.spec | select(.replicas > 0) | .replicas'],
});

test('Applications ignore the replicas of what an autoscaler scales, by name, when they sync too', async () => {
  const respected = [...defaults, 'RespectIgnoreDifferences=true'];
  expect(await committed(files)).toEqual({
    'blog in-cluster': { ignored: [ignoring('blog')], options: respected },
    'plain east': { ignored: [], options: defaults },
    'site east': { ignored: [ignoring('jobs-v1'), ignoring('web-v1')], options: respected },
    'site west': { ignored: [], options: defaults },
  });
});

test('those of the plugin ignore the same', async () => {
  const repo = new ScratchRepo().write(files);
  await repo.appdeploy('render', '-q');
  repo.commit();
  const { stdout } = await repo.appdeploy('generate', '--view', 'argocd');
  expect(ignoringOf(stdout)).toEqual(await committed(files));
});

test('those of a plugin without argocd in the config ignore the same, and the count stays out of the workload', async () => {
  const { 'appdeploy.yaml': _config, ...without } = files;
  const repo = new ScratchRepo().write(without);
  await repo.appdeploy('render', '-q');
  repo.commit();
  const environment = { ARGOCD_APP_SOURCE_REPO_URL: 'https://git.example.com/shop.git' };
  const { stdout } = await repo.appdeployWith({ environment }, 'generate', '--view', 'argocd');
  expect(ignoringOf(stdout)).toEqual(await committed(files));
  expect(repo.read('rendered/clusters/east/default/site/deployment-web-v1.yaml')).not.toContain('replicas:');
});

test('a sync policy of one’s own gets the option as well, unless it says the contrary', async () => {
  const options = async (policy: string): Promise<unknown> =>
    (await committed({ ...files, 'appdeploy.yaml': config(`  syncPolicy: ${policy}\n`) }))['site east']?.options;
  expect(await options('{}')).toEqual(['RespectIgnoreDifferences=true']);
  expect(await options('{syncOptions: [Validate=false]}')).toEqual(['Validate=false', 'RespectIgnoreDifferences=true']);
  expect(await options('{syncOptions: [RespectIgnoreDifferences=false]}')).toEqual(['RespectIgnoreDifferences=false']);
});
