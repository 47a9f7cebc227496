import { expect, test } from 'vitest';
import { application, definition } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

test('what a property with a telling name sets is masked, whatever the field is called', async () => {
  const template =
    'patch:\n  metadata:\n    annotations:\n      login: {{concat "me/" parameter.apiToken}}\n      who: me\n';
  const web = { name: 'web', traits: [{ type: 'login', properties: { apiToken: 'hunter2' } }] };
  const repo = new ScratchRepo().write({
    'login.yaml': definition('TraitDefinition', 'login', template),
    'shop.yaml': application('shop', [web], { direct: true }),
  });
  for (const json of [[], ['--json']]) {
    const { code, stdout } = await repo.appdeploy(
      'explain',
      'deployment/web',
      '--field',
      'metadata.annotations',
      ...json,
    );
    expect(code).toBe(0);
    expect(stdout).not.toContain('hunter2');
    expect(stdout).toMatch(/metadata\.annotations\.login[\s\S]+\*{8}[\s\S]+property apiToken of trait login/);
    expect(stdout).toMatch(/metadata\.annotations\.who[\s\S]+"me"/);
  }
});
