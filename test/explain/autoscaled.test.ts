import { expect, test } from 'vitest';
import { appDeployment, application, on } from '../support/documents.ts';
import { placesOf } from '../support/explained.ts';
import { plan } from '../support/memory-plan.ts';

const config = 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\nautoscalers: {initialReplicas: true}\n';
const placed = (min: number): Record<string, string> => ({
  'job.yaml': application('job', [{ name: 'job', type: 'worker', traits: [{ type: 'hpa', properties: { min } }] }]),
  'jobs.yaml': appDeployment('jobs', { 'job-v1': [on(undefined, 3)] }),
});
const placement = expect.stringMatching(/^replicas of the placement \(jobs\.yaml:\d+:\d+\)$/) as string;
const property = expect.stringMatching(/^property min of trait hpa \(job\.yaml:\d+:\d+\)$/) as string;

test('the floor of an autoscaler, and the count beside it, are what the placement says', async () => {
  const found = await plan(placed(2), config);
  expect(placesOf(found, 'Deployment job-v1', 'spec.replicas')).toContainEqual(placement);
  expect(placesOf(found, 'HorizontalPodAutoscaler job-v1', 'spec.minReplicas')).toContainEqual(placement);
});

test('they are the trait’s where it keeps more', async () => {
  const found = await plan(placed(5), config);
  expect(placesOf(found, 'Deployment job-v1', 'spec.replicas')).toContainEqual(property);
  expect(placesOf(found, 'HorizontalPodAutoscaler job-v1', 'spec.minReplicas')).toContainEqual(property);
});
