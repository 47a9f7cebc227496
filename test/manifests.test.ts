import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { appDeployment, application, gateway, on, target } from './support/documents.ts';
import { validateObject } from './support/kubernetes-models.ts';
import { ScratchRepo } from './support/scratch-repo.ts';

async function validate(text: string): Promise<void> {
  await validateObject(parse(text));
}

const examples = new URL('../examples/', import.meta.url).pathname;

function renderedIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.includes('rendered/clusters/') && path.endsWith('.yaml'),
  );
}

test.each(renderedIn(examples))('%s is valid for Kubernetes and Istio', async (path) => {
  await validate(readFileSync(join(examples, path), 'utf8'));
});

const volumes = [
  { name: 'data', mountPath: '/data', type: 'pvc', claimName: 'data' },
  {
    name: 'settings',
    mountPath: '/etc/settings',
    type: 'configMap',
    cmName: 'settings',
    items: [{ key: 'a', path: 'a' }],
  },
  { name: 'token', mountPath: '/etc/token', type: 'secret', secretName: 'token' },
  { name: 'scratch', mountPath: '/scratch', type: 'emptyDir', medium: 'Memory' },
];
const container = {
  image: 'nginx',
  imagePullPolicy: 'Always',
  imagePullSecrets: ['registry'],
  cmd: ['nginx', '-g', 'daemon off;'],
  env: [
    { name: 'A', value: 'yes' },
    { name: 'B', valueFrom: { secretKeyRef: { name: 'token', key: 'b' } } },
    { name: 'C', valueFrom: { configMapKeyRef: { name: 'settings', key: 'c' } } },
  ],
  cpu: '0.5',
  memory: '128Mi',
  volumes,
  livenessProbe: { httpGet: { path: '/', port: 80, httpHeaders: [{ name: 'x', value: 'y' }] } },
  readinessProbe: { tcpSocket: { port: 80 }, initialDelaySeconds: 3 },
};
const traits = [
  { type: 'scaler', properties: { replicas: 3 } },
  { type: 'labels', properties: { team: 'shop' } },
  { type: 'annotations', properties: { note: 'on' } },
  { type: 'ingress', properties: { domain: 'shop.example.com', http: { '/': 80, '/admin': 81, '/x': 80 } } },
];

test('every built-in definition renders valid manifests, with all of its parameters in use', async () => {
  const direct = { direct: true };
  const web = { name: 'web', properties: { ...container, port: 80, addRevisionLabel: true }, traits };
  const traffic = {
    hosts: ['web', 'shop.example.com'],
    gateways: ['mesh', 'public'],
    http: [
      {
        match: [
          {
            uri: { regex: '/a.*' },
            method: { exact: 'GET' },
            headers: { h: { exact: 'v' } },
            queryParams: { q: { prefix: 'p' } },
            port: 80,
            ignoreUriCase: true,
          },
        ],
        timeout: '5s',
        retries: { attempts: 3, perTryTimeout: '2s', retryOn: '5xx' },
        rewrite: { uri: '/b' },
        headers: { request: { set: { a: 'b' }, remove: ['c'] } },
        mirror: { host: 'shadow', port: { number: 80 } },
        mirrorPercentage: { value: 10 },
        corsPolicy: {
          allowOrigins: [{ exact: 'https://example.com' }],
          allowMethods: ['GET'],
          maxAge: '24h',
          allowCredentials: true,
        },
        fault: {
          delay: { fixedDelay: '1s', percentage: { value: 1 } },
          abort: { httpStatus: 503, percentage: { value: 1 } },
        },
        weightedTargets: [target('shop-v1', 100)],
      },
      { weightedTargets: [target('shop-v1')] },
    ],
  };
  const repo = new ScratchRepo({ git: false }).write({
    'shop.yaml':
      application('shop', [web, { name: 'queue', type: 'worker', properties: container }]) +
      appDeployment('shop', { 'shop-v1': [on(undefined, 2)] }, { traffic }) +
      gateway('public'),
    'direct.yaml':
      application('alone', [{ ...web, name: 'alone', traits: traits.slice(0, 3) }], direct) +
      application(
        'jobs',
        [{ name: 'migrate', type: 'task', properties: { ...container, count: 2, restart: 'OnFailure' } }],
        direct,
      ),
  });
  expect((await repo.appdeploy('render', '-q')).stderr).toBe('');
  const rendered = Object.entries(repo.files('rendered/clusters'));
  expect(rendered.map(([path]) => path.replace('rendered/clusters/in-cluster/default/', ''))).toEqual([
    'alone/deployment-alone.yaml',
    'jobs/job-migrate.yaml',
    'shop/deployment-queue-v1.yaml',
    'shop/deployment-web-v1.yaml',
    'shop/gateway-public.yaml',
    'shop/ingress-web-v1.yaml',
    'shop/service-shop-v1-web-80.yaml',
    'shop/service-web-v1.yaml',
    'shop/service-web.yaml',
    'shop/virtualservice-shop.yaml',
  ]);
  for (const [, text] of rendered) await validate(text);
});

test('the checks above can fail', async () => {
  await expect(
    validate('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {replicas: many}\n'),
  ).rejects.toThrow();
  await expect(
    validate('apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: x}\nspec: {hosts: 3}\n'),
  ).rejects.toThrow();
});
