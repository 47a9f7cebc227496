import { expect, test } from 'vitest';
import { convert, found, kubeconfig } from '../support/kubeconfigs.ts';

test.each([
  'http://api.example.com',
  'api.example.com:6443',
  'https://',
  'https://ann:secret@api.example.com',
  'https://api.example.com?x=1',
  'https://localhost:6443',
  'https://api.localhost',
  'https://LOCALHOST.:6443',
  'https://127.0.0.1:41233',
  'https://127.9.9.9',
  'https://[::1]:6443',
  'https://[::ffff:127.0.0.1]:6443',
  'https://0.0.0.0:6443',
  'https://[::]:6443',
  'https://kubernetes.default.svc',
  'https://kubernetes.default.svc.cluster.local:443',
  '',
])('Argo CD cannot use the server %s', (server) => {
  expect(found(convert(kubeconfig({ cluster: { server } })))).toEqual(['KUBECONFIG_SERVER clusters[0].cluster.server']);
});

test.each([
  'https://10.0.0.1',
  'https://[2001:db8::1]:6443',
  'https://127.example.com',
  'https://kubernetes.example.com',
])('Argo CD can use the server %s', (server) => {
  expect(convert(kubeconfig({ cluster: { server } })).secret?.stringData.server).toBe(server);
});

test.each(['http://localhost:3128', 'socks5://127.0.0.1:1080', 'ftp://proxy.example.com', 'proxy.example.com:3128'])(
  'Argo CD cannot use the proxy %s',
  (proxy) => {
    expect(found(convert(kubeconfig({ cluster: { 'proxy-url': proxy } })))).toEqual([
      'KUBECONFIG_SERVER clusters[0].cluster.proxy-url',
    ]);
  },
);
