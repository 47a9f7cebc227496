import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { dig, digList, digText } from '../../src/model/plain.ts';
import { argocdSchema } from '../support/argocd-schemas.ts';
import { appDeployment, cluster, on } from '../support/documents.ts';
import { argocdManifests, kubectlProgram } from '../support/programs.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';
import { shop } from '../support/shared-repo.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
let kubectl = '';
let manifests = '';

beforeAll(() => {
  kubectl = kubectlProgram();
  manifests = argocdManifests();
}, 300_000);

const read = (text: string): unknown[] => parseAllDocuments(text).map((document): unknown => document.toJS());
const build = (folder: string): unknown[] =>
  read(
    execFileSync(kubectl, ['kustomize', folder], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
const named = (objects: readonly unknown[], kind: string, name: string): unknown =>
  objects.find((object) => digText(object, '', 'kind') === kind && digText(object, '', 'metadata', 'name') === name);

/** What Argo CD's schemas find wrong with objects. */
function faults(objects: readonly unknown[]): unknown[] {
  return objects.flatMap((object) => {
    const check = argocdSchema(manifests, digText(object, '', 'kind') as 'Application');
    return check(object) ? [] : (check.errors ?? []);
  });
}

const repoOf = (argocd: string): ScratchRepo =>
  new ScratchRepo().write({
    'appdeploy.yaml': `apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nargocd:\n  repoURL: https://git.example.com/shop.git\n${argocd}`,
    'shop.yaml': shop('nginx:1'),
    'clusters.yaml': cluster('east'),
    'site.yaml': appDeployment('site', { 'shop-v1': [on('east', 2), on(undefined, 1)] }),
  });

describe('what render and bootstrap make for Argo CD passes its own schemas', () => {
  test('the committed example, as kubectl kustomize builds it', () => {
    const objects = build(`${project}examples/multi-cluster/rendered/argocd`);
    expect(objects.map((object) => digText(object, '', 'kind')).toSorted()).toEqual([
      'AppProject',
      'Application',
      'Application',
    ]);
    expect(faults(objects)).toEqual([]);
  });

  test.each(['', '  version: "3.2"\n  project: shops\n  annotations: {team: shop}\n  syncPolicy: {automated: {}}\n'])(
    'with the settings %j, both ways',
    async (settings) => {
      const repo = repoOf(settings);
      await repo.appdeploy('render', '-q');
      repo.commit();
      const roots = [
        await repo.appdeploy('argocd', 'bootstrap'),
        await repo.appdeploy('argocd', 'bootstrap', '--plugin'),
      ];
      const hub = await repo.appdeploy('generate', '--view', 'argocd');
      const objects = [...roots, hub].flatMap(({ stdout }) => read(stdout));
      expect(objects).toHaveLength(5);
      expect(faults([...objects, ...build(`${repo.root}/rendered/argocd`)])).toEqual([]);
    },
  );

  test('a field that Argo CD does not know is found', () => {
    const [application] = build(`${project}examples/multi-cluster/rendered/argocd`).slice(-1);
    expect(
      faults([{ ...(application as object), spec: { ...(dig(application, 'spec') as object), prune: true } }]),
    ).not.toEqual([]);
  });
});

describe('deploy/argocd', () => {
  test('builds by itself, for a server-side apply into an Argo CD that runs', () => {
    const objects = build(`${project}deploy/argocd`);
    expect(objects).toHaveLength(2);
    const containers = digList(
      named(objects, 'Deployment', 'argocd-repo-server'),
      'spec',
      'template',
      'spec',
      'containers',
    );
    expect(containers.map((each) => digText(each, '', 'image'))).toEqual(['', 'registry.example.com/appdeploy:0.1.0']);
  });

  test('its components extend the installation that Argo CD ships', () => {
    const overlay = new ScratchRepo({ git: false }).write({
      'install.yaml': readFileSync(`${manifests}/install.yaml`, 'utf8'),
      'kustomization.yaml':
        'resources: [install.yaml]\ncomponents: [./sidecar, ./ingress-health, ./autoscaler-health]\n',
    });
    for (const component of ['sidecar', 'ingress-health', 'autoscaler-health'])
      execFileSync('cp', ['-r', `${project}deploy/argocd/${component}`, overlay.root]);
    const before = read(overlay.read('install.yaml'));
    const after = build(overlay.root);
    const pod = (objects: readonly unknown[]): unknown =>
      dig(named(objects, 'Deployment', 'argocd-repo-server'), 'spec', 'template', 'spec');
    expect(after).toHaveLength(before.length);
    const names = (objects: readonly unknown[], list: string): string[] =>
      digList(pod(objects), list)
        .map((each) => digText(each, '', 'name'))
        .toSorted();
    expect(names(after, 'containers')).toEqual([...names(before, 'containers'), 'appdeploy'].toSorted());
    expect(names(after, 'volumes')).toEqual([...names(before, 'volumes'), 'appdeploy-tmp'].toSorted());
    const sidecar = digList(pod(after), 'containers').find((each) => digText(each, '', 'name') === 'appdeploy');
    const mounts = digList(sidecar, 'volumeMounts').map((each) => digText(each, '', 'name'));
    expect(names(after, 'volumes')).toEqual(expect.arrayContaining(mounts));
    expect(dig(named(after, 'ConfigMap', 'argocd-cmd-params-cm'), 'data')).toMatchObject({
      'controller.sync.timeout.seconds': '1800',
    });
    expect(Object.keys(dig(named(after, 'ConfigMap', 'argocd-cm'), 'data') as object)).toEqual(
      expect.arrayContaining([
        'resource.customizations.health.networking.k8s.io_Ingress',
        'resource.customizations.health.autoscaling_HorizontalPodAutoscaler',
      ]),
    );
  });
});
