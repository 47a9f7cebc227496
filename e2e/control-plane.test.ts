import { afterAll, beforeAll, expect, test } from 'vitest';
import { versions } from './programs.mjs';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';

let cluster: ControlPlane;

beforeAll(async () => {
  cluster = await startControlPlane();
});
afterAll(() => cluster.stop());

test('it is the Kubernetes that it should be', () => {
  const { serverVersion } = JSON.parse(cluster.kubectl(['version', '--output', 'json'])) as {
    serverVersion: { gitVersion: string };
  };
  expect(serverVersion.gitVersion).toBe(versions.kubernetes);
});

test('it keeps what it was given over a restart', async () => {
  cluster.kubectl(['create', 'configmap', 'kept', '--from-literal', 'a=b']);
  await cluster.restart();
  expect(cluster.kubectl(['get', 'configmap', 'kept', '--output', 'jsonpath={.data.a}'])).toBe('b');
});

test('it knows who asks, and lets nobody do more than RBAC says', () => {
  cluster.kubectl(['create', 'serviceaccount', 'nobody']);
  const may = (...words: string[]): string => {
    try {
      return cluster.kubectl(['auth', 'can-i', ...words]).trim();
    } catch (error) {
      return (error as { stdout: string }).stdout.trim();
    }
  };
  expect(may('get', 'secrets')).toBe('yes');
  expect(may('get', 'secrets', '--as', 'system:serviceaccount:default:nobody')).toBe('no');
});
