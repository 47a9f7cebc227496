import { parse } from 'yaml';
import type { SourceDocument, SourceFile } from '../model/catalog.ts';
import { type FieldPath, fieldText } from '../model/origin.ts';
import { dig, digList, digObject, digText, isPlainObject, type PlainObject } from '../model/plain.ts';
import { type Problem, problem } from '../model/problem.ts';
import { parseFile } from '../load/parse.ts';
import { secretTypeLabel } from './cluster-annotations.ts';

/**
 * Kubeconfigs that lie in the repo with a credential in plain text: bare ones, in Secrets under any
 * key, and cluster Secrets of Argo CD. What SOPS or Sealed Secrets encrypted is fine, and so is what
 * holds no credential (a command that gives one, a placeholder). The places are such that the source
 * line shows nothing; the caller should not show it all the same, since all may stand on one line.
 */
export function plainCredentials(files: readonly SourceFile[]): Problem[] {
  return files
    .filter(({ text }) => mayHoldCredentials.test(text))
    .flatMap((file) => parseFile(file, false).value.flatMap(inDocument));
}

const mayHoldCredentials = /kind["']?\s*:\s*["']?Secret\b|\busers["']?\s*:/;

function inDocument({ value, locate }: SourceDocument): Problem[] {
  const credential = kubeconfigCredential(value);
  const bare =
    credential === undefined
      ? []
      : [
          problem(
            'PLAIN_CREDENTIALS',
            locate(['users'], 'key'),
            `a kubeconfig lies here in plain text, with a credential in ${fieldText(credential)}`,
          ),
        ];
  const inSecrets = secretsIn(value, []).flatMap(({ secret, at }) =>
    leakingKeys(secret).map((field) =>
      problem(
        'PLAIN_CREDENTIALS',
        locate([...at, 'kind'], 'key'),
        `Secret ${digText(secret, '', 'metadata', 'name')} holds the credentials of a cluster in plain text, in ${fieldText(field)}`,
      ),
    ),
  );
  return [...bare, ...inSecrets];
}

/** The Secrets of a document, however deep: in Lists, and among the properties of components. */
function secretsIn(value: unknown, at: FieldPath): { readonly secret: PlainObject; readonly at: FieldPath }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => secretsIn(item, [...at, index]));
  if (!isPlainObject(value)) return [];
  if (value['kind'] === 'Secret') return [{ secret: value, at }];
  return Object.entries(value).flatMap(([key, child]) => secretsIn(child, [...at, key]));
}

/** The keys of a Secret that hold a kubeconfig or Argo CD's cluster config, with a credential. */
function leakingKeys(secret: PlainObject): FieldPath[] {
  const isArgocd = digText(secret, '', 'metadata', 'labels', secretTypeLabel) === 'cluster';
  const plain = Object.entries(digObject(secret, 'stringData')).map(
    ([key, text]) => [['stringData', key], text] as const,
  );
  const encoded = Object.entries(digObject(secret, 'data')).map(
    ([key, text]) => [['data', key], Buffer.from(String(text), 'base64').toString('utf8')] as const,
  );
  return [...plain, ...encoded].flatMap(([field, text]) => {
    const content = typeof text === 'string' ? contentOf(text) : undefined;
    const leaks =
      kubeconfigCredential(content) !== undefined ||
      (isArgocd && field[1] === 'config' && hasArgocdCredential(content));
    return leaks ? [field] : [];
  });
}

function contentOf(text: string): unknown {
  if (!/[\w"']\s*:/.test(text)) return undefined;
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

/** The first credential of a kubeconfig; undefined for anything else. */
function kubeconfigCredential(value: unknown): FieldPath | undefined {
  if (!isPlainObject(value) || !Array.isArray(value['clusters'])) return undefined;
  const credentials = digList(value, 'users').flatMap((entry, index) => {
    const at = ['users', index, 'user'];
    const user = digObject(entry, 'user');
    const own = ['token', 'password', 'client-key-data'].filter((name) => isCredential(user[name]));
    const provider = Object.entries(digObject(user, 'auth-provider', 'config')).filter(
      ([name, content]) => /token|secret/i.test(name) && isCredential(content),
    );
    const env = digList(user, 'exec', 'env').findIndex(
      (each) => /token|secret|password|key$/i.test(digText(each, '', 'name')) && isCredential(dig(each, 'value')),
    );
    return [
      ...own.map((name) => [...at, name]),
      ...provider.map(([name]) => [...at, 'auth-provider', 'config', name]),
      ...(env < 0 ? [] : [[...at, 'exec', 'env', env]]),
    ];
  });
  return credentials[0];
}

function hasArgocdCredential(config: unknown): boolean {
  const env = Object.entries(digObject(config, 'execProviderConfig', 'env'));
  return (
    [dig(config, 'bearerToken'), dig(config, 'password'), dig(config, 'tlsClientConfig', 'keyData')].some(
      isCredential,
    ) || env.some(([name, content]) => /token|secret|password|key$/i.test(name) && isCredential(content))
  );
}

/** SOPS writes `ENC[…]`; placeholders of templates and of the Argo CD Vault Plugin are filled in later. */
function isCredential(value: unknown): boolean {
  return typeof value === 'string' && !/^\s*(ENC\[|\{\{|\$\{|<|REDACTED|DATA\+OMITTED|\*+$|$)/.test(value);
}
