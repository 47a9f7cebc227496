import type { FieldPath } from '../model/origin.ts';
import { digText } from '../model/plain.ts';
import type { Entry } from './context.ts';
import type { Complain, KubeconfigProblem } from './kubeconfig-problem.ts';

/**
 * Whether Argo CD reaches the API server by this address, and sends credentials there encrypted. For
 * an address without TLS client-go leaves the credentials out and Argo CD does not.
 */
export function serverProblems({ at, values }: Entry, complain: Complain): KubeconfigProblem[] {
  const field = [...at, 'server'];
  const says = (message: string): KubeconfigProblem[] => [complain('KUBECONFIG_SERVER', field, message)];
  const server = digText(values, '', 'server');
  const url = parseUrl(server);
  if (server === '') return says('is missing');
  if (url === undefined || !/^https:\/\/[^\s/]/.test(server)) return says('must be an https:// address');
  if (url.username !== '' || url.password !== '') return says('holds a user name or a password');
  if (/[?#]/.test(server)) return says('has a query or a fragment, which client-go drops');
  if (isLoopback(url.hostname)) return says('is a loopback address, which in Argo CD is its own pod');
  if (isOwnCluster(url.hostname)) return says('is the address by which a pod reaches its own cluster');
  return [];
}

/** A proxy must be one that client-go and Argo CD know, and not on the machine of whoever wrote the kubeconfig. */
export function proxyProblems({ at, values }: Entry, complain: Complain): KubeconfigProblem[] {
  const proxy = digText(values, '', 'proxy-url');
  if (proxy === '') return [];
  const field: FieldPath = [...at, 'proxy-url'];
  const url = parseUrl(proxy);
  if (url === undefined || !['http:', 'https:', 'socks5:'].includes(url.protocol))
    return [complain('KUBECONFIG_SERVER', field, 'must be an http://, https:// or socks5:// address')];
  if (!isLoopback(url.hostname)) return [];
  return [complain('KUBECONFIG_SERVER', field, 'is a loopback address, which in Argo CD is its own pod')];
}

/** As Argo CD writes it: without a slash at the end. */
export function serverText({ values }: Entry): string {
  return digText(values, '', 'server').replace(/\/+$/, '');
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** `localhost` and the names below it, 127.0.0.0/8, ::1, and the addresses that mean any of this machine's. */
function isLoopback(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[(.*)\]$/, '$1');
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^(127(\.\d+){3}|0\.0\.0\.0)$/.test(host) ||
    // The URL parser has written out ::ffff:127.0.0.1 as ::ffff:7f00:1.
    /^::(1|ffff:(7f[0-9a-f]{2}|0):[0-9a-f]{1,4})?$/.test(host)
  );
}

/**
 * `kubernetes.default.svc` and its other spellings. For this one Argo CD takes its own pod's identity
 * and CA, whatever the Secret says (`RawRestConfig` in pkg/apis/application/v1alpha1/types.go).
 */
function isOwnCluster(hostname: string): boolean {
  return /^kubernetes(\.default(\.svc(\.|$).*)?)?\.?$/i.test(hostname);
}
