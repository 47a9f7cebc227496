import { expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, direct, type Objects } from '../support/component-plan.ts';

const least = { image: 'nginx', schedule: '*/5 * * * *' };

async function cronJob(properties: object): Promise<Objects[string] | undefined> {
  return (await direct({ type: 'cron-task', properties: { ...least, ...properties } }))['CronJob web'];
}

test('a cron-task is a CronJob with the defaults of Kubernetes', async () => {
  const job = await cronJob({});
  const labels = { 'app.oam.dev/component': 'web' };
  expect(job?.apiVersion).toBe('batch/v1');
  expect(job?.['spec']).toEqual({
    schedule: '*/5 * * * *',
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    jobTemplate: {
      metadata: { labels },
      spec: {
        parallelism: 1,
        completions: 1,
        backoffLimit: 6,
        template: {
          metadata: { labels },
          spec: { restartPolicy: 'Never', containers: [{ name: 'web', image: 'nginx' }] },
        },
      },
    },
  });
});

test('a cron-task says how its Jobs run, end and are kept', async () => {
  const outer = {
    startingDeadlineSeconds: 0,
    suspend: true,
    concurrencyPolicy: 'Forbid',
    successfulJobsHistoryLimit: 0,
    failedJobsHistoryLimit: 0,
  };
  const inner = { ttlSecondsAfterFinished: 0, activeDeadlineSeconds: 60, backoffLimit: 0 };
  const job = await cronJob({ ...outer, ...inner, count: 2, restart: 'OnFailure' });
  expect(job?.['spec']).toMatchObject(outer);
  expect(dig(job, 'spec', 'jobTemplate', 'spec')).toMatchObject({ ...inner, parallelism: 2, completions: 2 });
  expect(dig(job, 'spec', 'jobTemplate', 'spec', 'template', 'spec', 'restartPolicy')).toBe('OnFailure');
});

test('labels and annotations of a cron-task stand on its Jobs and their pods', async () => {
  const template = dig(await cronJob({ labels: { team: 'a' }, annotations: { note: 'b' } }), 'spec', 'jobTemplate');
  const metadata = { labels: { team: 'a', 'app.oam.dev/component': 'web' }, annotations: { note: 'b' } };
  expect(dig(template, 'metadata')).toEqual(metadata);
  expect(dig(template, 'spec', 'template', 'metadata')).toEqual(metadata);
});

test('a cron-task takes everything that a container has', async () => {
  const properties = {
    cmd: ['a'],
    env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'token', key: 'k' } } }],
    cpu: '1',
    imagePullPolicy: 'Never',
    imagePullSecrets: ['s'],
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }],
    volumeMounts: { secret: [{ name: 't', mountPath: '/t', secretName: 'token', subPath: 'k' }] },
    livenessProbe: { exec: { command: ['true'] } },
  };
  const pod = dig(await cronJob(properties), 'spec', 'jobTemplate', 'spec', 'template', 'spec');
  const { env, hostAliases, imagePullPolicy, livenessProbe } = properties;
  expect(pod).toEqual({
    restartPolicy: 'Never',
    hostAliases,
    imagePullSecrets: [{ name: 's' }],
    volumes: [{ name: 't', secret: { secretName: 'token', defaultMode: 420 } }],
    containers: [
      {
        name: 'web',
        image: 'nginx',
        command: ['a'],
        env,
        imagePullPolicy,
        resources: { limits: { cpu: '1' }, requests: { cpu: '1' } },
        volumeMounts: [{ name: 't', mountPath: '/t', subPath: 'k' }],
        livenessProbe: expect.objectContaining(livenessProbe),
      },
    ],
  });
});

test('a cron-task needs a schedule, and no AppDeployment can place it', async () => {
  expect(await complaints({ type: 'cron-task', properties: { image: 'nginx' } })).toEqual([
    expect.stringMatching(/^MISSING_FIELD .*schedule is missing/),
  ]);
  expect(await complaints({ type: 'cron-task', properties: least }, 'placed')).toEqual([
    expect.stringMatching(/^UNSCALABLE_WORKLOAD .* is a CronJob/),
  ]);
});
