import { describe, expect, test } from 'vitest';
import { dig } from '../../src/model/plain.ts';
import { complaints, containerOf, direct, type Part, placed, podOf } from '../support/component-plan.ts';

const trait = (type: string, properties: object = {}): Part => ({ traits: [{ type, properties }] });

describe('securitycontext', () => {
  const defaults = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: false,
    privileged: false,
    runAsNonRoot: true,
  };
  const contextOf = async (properties: object): Promise<unknown> =>
    dig(containerOf((await direct(trait('securitycontext', properties)))['Deployment web']), 'securityContext');

  test('takes root away', async () => {
    expect(await contextOf({})).toEqual(defaults);
  });

  test('sets user, group and capabilities', async () => {
    const properties = { runAsUser: 0, runAsGroup: 0, runAsNonRoot: false, readOnlyRootFilesystem: true };
    expect(await contextOf({ ...properties, addCapabilities: ['NET_ADMIN'], dropCapabilities: ['ALL'] })).toEqual({
      ...defaults,
      ...properties,
      capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] },
    });
    expect(await contextOf({ dropCapabilities: ['ALL'] })).toEqual({ ...defaults, capabilities: { drop: ['ALL'] } });
  });

  test('holds for the containers that it names, in a revision as well', async () => {
    const sidecar = { type: 'sidecar', properties: { name: 'helper', image: 'fluentd' } };
    const containers = [
      { containerName: 'helper', privileged: true, allowPrivilegeEscalation: true },
      { containerName: 'web', runAsUser: 1000 },
    ];
    const traits = [sidecar, { type: 'securitycontext', properties: { containers } }];
    const workload = (await placed({ traits }))['Deployment web-v1'];
    expect(dig(containerOf(workload, 0), 'securityContext')).toEqual({ ...defaults, runAsUser: 1000 });
    expect(dig(containerOf(workload, 1), 'securityContext')).toEqual({
      ...defaults,
      privileged: true,
      allowPrivilegeEscalation: true,
    });
  });

  test('a privileged container may get more rights, or Kubernetes would refuse it', async () => {
    const complaint = [expect.stringContaining('allowPrivilegeEscalation')];
    expect(await complaints(trait('securitycontext', { privileged: true }))).toEqual(complaint);
    const containers = [{ containerName: 'web', privileged: true, allowPrivilegeEscalation: false }];
    expect(await complaints(trait('securitycontext', { containers }))).toEqual(complaint);
  });

  test('two that disagree are a conflict', async () => {
    const traits = [false, true].map((runAsNonRoot) => ({ type: 'securitycontext', properties: { runAsNonRoot } }));
    expect(await complaints({ traits })).toEqual([
      'PATCH_CONFLICT trait securitycontext wants spec.template.spec.containers[0].securityContext.runAsNonRoot true; it is false already',
    ]);
  });
});

describe('podsecuritycontext', () => {
  const contextOf = async (properties: object): Promise<unknown> =>
    dig(podOf((await direct(trait('podsecuritycontext', properties)))['Deployment web']), 'securityContext');

  test('takes root away', async () => {
    expect(await contextOf({})).toEqual({ runAsNonRoot: true });
  });

  test('sets users, groups and profiles', async () => {
    const properties = {
      appArmorProfile: { type: 'Localhost', localhostProfile: 'shop' },
      fsGroup: 0,
      runAsGroup: 0,
      runAsUser: 0,
      runAsNonRoot: false,
      seccompProfile: { type: 'RuntimeDefault' },
    };
    expect(await contextOf(properties)).toEqual(properties);
  });

  test('holds for a revision as well', async () => {
    const workload = (await placed(trait('podsecuritycontext', { fsGroup: 2000 })))['Deployment web-v1'];
    expect(dig(podOf(workload), 'securityContext')).toEqual({ runAsNonRoot: true, fsGroup: 2000 });
  });

  test.each([
    [{ seccompProfile: { type: 'Localhost' } }, 'MISSING_FIELD seccompProfile.localhostProfile'],
    [{ seccompProfile: { type: 'Unconfined', localhostProfile: 'a' } }, 'INVALID_VALUE seccompProfile'],
    [{ appArmorProfile: {} }, 'MISSING_FIELD appArmorProfile.type'],
    [{ runAsUser: -1 }, 'INVALID_VALUE runAsUser'],
    [{ privileged: true }, 'UNKNOWN_FIELD privileged'],
  ])('%j is wrong', async (properties, complaint) => {
    expect(await complaints(trait('podsecuritycontext', properties))).toEqual([expect.stringContaining(complaint)]);
  });
});
