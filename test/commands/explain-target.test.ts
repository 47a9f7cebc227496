import { expect, test } from 'vitest';
import { application } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

test('objects of one kind in two API groups are told apart by their paths', async () => {
  const objects = ['v1', 'serving.knative.dev/v1'].map((apiVersion) => ({
    apiVersion,
    kind: 'Service',
    metadata: { name: 'same', labels: { 'a"b': 'c' } },
  }));
  const repo = new ScratchRepo().write({
    'shop.yaml': application('shop', [{ name: 'it', type: 'k8s-objects', properties: { objects } }], { direct: true }),
  });
  const { code, stderr } = await repo.appdeploy('explain', 'service/same');
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining(
      'service/same is of several API versions: v1, serving.knative.dev/v1; write the path of its file',
    ) as string,
  });
});
