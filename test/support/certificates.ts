import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate with its private key, both in PEM. */
export interface Certified {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority of a test. */
export interface Authority extends Certified {
  /** A client's certificate. */
  readonly client: (name: string, options?: ClientOptions) => Promise<Certified>;
  /** A server's certificate for these names and addresses. */
  readonly server: (...names: readonly string[]) => Promise<Certified>;
}

type Algorithm = 'ECDSA' | 'RSA' | 'Ed25519';

interface ClientOptions {
  readonly from?: Date;
  readonly to?: Date;
  readonly algorithm?: Algorithm;
  /** Its O, which Kubernetes reads as a group. */
  readonly group?: string;
}

const algorithms = {
  ECDSA: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  RSA: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
  Ed25519: { name: 'Ed25519' },
} as const;

const yesterday = new Date(Date.now() - 86_400_000);
const inAYear = new Date(Date.now() + 365 * 86_400_000);

/** A new authority, as kubeadm and kind make one for each cluster. */
export async function authority(name = 'kubernetes', { from = yesterday, to = inAYear } = {}): Promise<Authority> {
  const keys = await generate('ECDSA');
  const own = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithms.ECDSA,
    notBefore: from,
    notAfter: to,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
    ],
  });
  const issue = async (
    subject: string,
    extensions: X509CertificateGeneratorExtensions,
    { from: notBefore = yesterday, to: notAfter = inAYear, algorithm = 'ECDSA' }: ClientOptions = {},
  ): Promise<Certified> => {
    const subjectKeys = await generate(algorithm);
    const certificate = await X509CertificateGenerator.create({
      subject,
      issuer: own.subject,
      publicKey: subjectKeys.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: algorithms.ECDSA,
      notBefore,
      notAfter,
      extensions,
    });
    return { certificate: `${certificate.toString('pem')}\n`, key: await pem(subjectKeys.privateKey) };
  };
  return {
    certificate: `${own.toString('pem')}\n`,
    key: await pem(keys.privateKey),
    client: (who, options) =>
      issue(
        `CN=${who}, O=${options?.group ?? 'admins'}`,
        [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])],
        options,
      ),
    server: (...names) =>
      issue('CN=kube-apiserver', [
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(
          names.map((value) => ({ type: /^[\d.:]+$/.test(value) ? 'ip' : 'dns', value })),
        ),
      ]),
  };
}

type X509CertificateGeneratorExtensions = NonNullable<
  Parameters<typeof X509CertificateGenerator.create>[0]['extensions']
>;

async function generate(algorithm: Algorithm): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(algorithms[algorithm], true, [
    'sign',
    'verify',
  ])) as webcrypto.CryptoKeyPair;
}

async function pem(key: webcrypto.CryptoKey): Promise<string> {
  return `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}
