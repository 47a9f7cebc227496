import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { digText } from '../model/plain.ts';
import type { Connection, Entry } from './context.ts';
import type { Complain, KubeconfigProblem } from './kubeconfig-problem.ts';

/**
 * Whether the CA, the client certificate and its key are what Go's crypto/tls takes, belong together,
 * and still hold. What the parsers say of a mistake may quote their input, and is not passed on.
 */
export function certificateProblems({ cluster, user }: Connection, complain: Complain, now: Date): KubeconfigProblem[] {
  return [...authorityProblems(cluster, complain, now), ...clientProblems(user, complain, now)];
}

const authority = 'certificate-authority-data';
const certificate = 'client-certificate-data';
const key = 'client-key-data';

function authorityProblems({ at, values }: Entry, complain: Complain, now: Date): KubeconfigProblem[] {
  const data = digText(values, '', authority);
  if (data === '') return [];
  const field = [...at, authority];
  const bundle = certificatesOf(data);
  if (bundle === undefined) return [complain('KUBECONFIG_PEM', field, 'holds no certificates in PEM')];
  const last = Math.max(...bundle.map(endOf));
  return last > now.getTime() ? [] : [complain('CERTIFICATE_EXPIRED', field, `expired on ${dayOf(last)}`)];
}

function clientProblems({ at, values }: Entry, complain: Complain, now: Date): KubeconfigProblem[] {
  const [certificateData, keyData] = [digText(values, '', certificate), digText(values, '', key)];
  if (certificateData === '' && keyData === '') return [];
  const missing = certificateData === '' ? certificate : keyData === '' ? key : undefined;
  if (missing !== undefined)
    return values[missing.replace('-data', '')] === undefined
      ? [complain('KUBECONFIG_INVALID', [...at, missing], 'is missing, though its other half is there')]
      : [];
  const [leaf] = certificatesOf(certificateData) ?? [];
  const privateKey = privateKeyOf(keyData);
  const notPem = [
    ...(leaf === undefined ? [complain('KUBECONFIG_PEM', [...at, certificate], 'holds no certificates in PEM')] : []),
    ...(privateKey === undefined
      ? [complain('KUBECONFIG_PEM', [...at, key], 'holds no private key in PEM that opens without a password')]
      : []),
  ];
  if (leaf === undefined || privateKey === undefined) return notPem;
  if (!leaf.checkPrivateKey(privateKey))
    return [complain('KUBECONFIG_PEM', [...at, key], 'is not the key of the client certificate')];
  return [validity(leaf, (code, message) => complain(code, [...at, certificate], message), now)];
}

/** Every client certificate ends one day, and nothing here renews it: the date is always told. */
function validity(
  leaf: X509Certificate,
  says: (code: 'CERTIFICATE_EXPIRED' | 'CERTIFICATE_EXPIRES', message: string) => KubeconfigProblem,
  now: Date,
): KubeconfigProblem {
  const [start, end] = [Date.parse(leaf.validFrom), endOf(leaf)];
  if (end <= now.getTime()) return says('CERTIFICATE_EXPIRED', `expired on ${dayOf(end)}`);
  if (start > now.getTime()) return says('CERTIFICATE_EXPIRES', `holds from ${dayOf(start)} to ${dayOf(end)} only`);
  return says('CERTIFICATE_EXPIRES', `expires on ${dayOf(end)}`);
}

function endOf({ validTo }: X509Certificate): number {
  return Date.parse(validTo);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The certificates of a PEM text in base64, one at least; undefined when one of them is broken. */
function certificatesOf(data: string): X509Certificate[] | undefined {
  const blocks = pemBlocks(data, 'CERTIFICATE');
  try {
    return blocks.length === 0 ? undefined : blocks.map((block) => new X509Certificate(block));
  } catch {
    return undefined;
  }
}

/** The first private key of a PEM text, as Go's tls.X509KeyPair looks for it. */
function privateKeyOf(data: string): KeyObject | undefined {
  const [block] = pemBlocks(data, '(?:[A-Z0-9]+ )?PRIVATE KEY');
  try {
    return block === undefined ? undefined : createPrivateKey(block);
  } catch {
    return undefined;
  }
}

function pemBlocks(data: string, label: string): string[] {
  const text = Buffer.from(data, 'base64').toString('latin1');
  return text.match(new RegExp(`-----BEGIN (${label})-----[^-]*-----END \\1-----`, 'g')) ?? [];
}
