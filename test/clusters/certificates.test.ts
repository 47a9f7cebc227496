import { expect, test } from 'vitest';
import { authority } from '../support/certificates.ts';
import { base64, convert, found, halves, kubeconfig } from '../support/kubeconfigs.ts';

const day = 86_400_000;
const ca = await authority();

test('a client certificate comes with the date on which it ends', async () => {
  const to = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 4, 17));
  const { secret, problems } = convert(kubeconfig({ user: halves(await ca.client('robot', { to })) }));
  expect(secret).toBeDefined();
  expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    `CERTIFICATE_EXPIRES: users[0].user.client-certificate-data expires on ${to.toISOString().slice(0, 10)}`,
  ]);
});

test('expired certificates are refused, so that they never take the place of good ones', async () => {
  const past = { from: new Date(Date.now() - 9 * day), to: new Date(Date.now() - day) };
  const old = await authority('old', past);
  const text = kubeconfig({
    cluster: { 'certificate-authority-data': base64(old.certificate) },
    user: halves(await ca.client('robot', past)),
  });
  expect(found(convert(text))).toEqual([
    'CERTIFICATE_EXPIRED clusters[0].cluster.certificate-authority-data',
    'CERTIFICATE_EXPIRED users[0].user.client-certificate-data',
  ]);
  const renewed = kubeconfig({ cluster: { 'certificate-authority-data': base64(old.certificate + ca.certificate) } });
  expect(convert(renewed).problems).toEqual([]);
});
