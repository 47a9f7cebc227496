import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { dig, digList, digText } from '../../src/model/plain.ts';
import { kubectlProgram } from '../support/programs.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

const folder = fileURLToPath(new URL('../../deploy/cluster-sync', import.meta.url));
let kubectl = '';
beforeAll(() => {
  kubectl = kubectlProgram();
}, 300_000);

const build = (path: string): unknown[] =>
  parseAllDocuments(execFileSync(kubectl, ['kustomize', path], { encoding: 'utf8' })).map((document): unknown =>
    document.toJS(),
  );
const idsOf = (objects: readonly unknown[]): string[] =>
  objects.map((each) => `${digText(each, '', 'kind')} ${digText(each, '-', 'metadata', 'namespace')}`).toSorted();

test('deploy/cluster-sync builds', () => {
  expect(idsOf(build(folder))).toEqual([
    'CustomResourceDefinition -',
    'Deployment argocd',
    'Role argocd',
    'Role default',
    'RoleBinding argocd',
    'RoleBinding default',
    'ServiceAccount argocd',
    'ValidatingAdmissionPolicy -',
    'ValidatingAdmissionPolicyBinding -',
  ]);
});

test('its Deployment runs a command line that appdeploy takes, as nobody special', async () => {
  const deployment = build(folder).find((each) => digText(each, '', 'kind') === 'Deployment');
  const pod = dig(deployment, 'spec', 'template', 'spec');
  const [container] = digList(pod, 'containers');
  expect(digText(container, '', 'image')).toBe('registry.example.com/appdeploy:0.1.0');
  expect(dig(pod, 'securityContext')).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  expect(dig(container, 'securityContext')).toMatchObject({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  const [program, ...words] = digList(container, 'args').map(String);
  expect(program).toBe('appdeploy');
  // The options are right, and this is no pod.
  await expect(new ScratchRepo().appdeploy(...words)).rejects.toThrow('this is no pod of a cluster');
});
