import { expect } from 'vitest';
import type { KubeObject } from '../../src/model/manifest.ts';
import { dig } from '../../src/model/plain.ts';
import type { Problem } from '../../src/model/problem.ts';
import { appDeployment, application, type ComponentInput, on } from './documents.ts';
import { validateObject } from './kubernetes-models.ts';
import { plan, problemsOf } from './memory-plan.ts';

/** A component without a name, which is then `web`. */
export type Part = Omit<ComponentInput, 'name'> & { readonly name?: string };

function documents(part: Part, way: 'direct' | 'placed'): Record<string, string> {
  const component = { name: 'web', ...part };
  const placement = appDeployment('shop', { 'shop-v1': [on(undefined, 2)] });
  return {
    'shop.yaml':
      way === 'direct'
        ? application('shop', [component], { direct: true })
        : application('shop', [component]) + placement,
  };
}

/** What a component emits, by kind and name; every object is valid for Kubernetes. */
export type Objects = Readonly<Record<string, KubeObject>>;

async function objectsOf(files: Record<string, string>): Promise<Objects> {
  const errors = (await problemsOf(files)).filter(({ severity }) => severity === 'error');
  expect(errors.map(textOf)).toEqual([]);
  const { manifests } = await plan(files);
  for (const { object } of manifests) await validateObject(object);
  return Object.fromEntries(manifests.map(({ object }) => [`${object.kind} ${object.metadata.name}`, object]));
}

/** The objects of a component whose Application deploys directly. */
export async function direct(part: Part): Promise<Objects> {
  return objectsOf(documents(part, 'direct'));
}

/** The objects of a component through AppDeployment shop, which places two replicas of shop-v1. */
export async function placed(part: Part): Promise<Objects> {
  return objectsOf(documents(part, 'placed'));
}

/** Code and message of every problem of a component. */
export async function complaints(part: Part, way: 'direct' | 'placed' = 'direct'): Promise<string[]> {
  return (await problemsOf(documents(part, way))).map(textOf);
}

function textOf({ code, message }: Problem): string {
  return `${code} ${message}`;
}

/** The spec of the pods of a workload. */
export function podOf(workload: KubeObject | undefined): unknown {
  return dig(workload, 'spec', 'template', 'spec');
}

/** A container of a workload, by its place. */
export function containerOf(workload: KubeObject | undefined, index = 0): unknown {
  return dig(podOf(workload), 'containers', index);
}
