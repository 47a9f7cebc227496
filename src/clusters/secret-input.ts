import { decodeText } from '../load/encoding.ts';
import type { FieldPath } from '../model/origin.ts';
import { dig, digText } from '../model/plain.ts';
import { secretTypeLabel } from './cluster-annotations.ts';
import { isBase64 } from './fields.ts';
import { type Converted, type CredentialDocument, parseCredentials } from './parse-credentials.ts';

/** A kubeconfig as it stands in its source. */
export interface KubeconfigText {
  readonly text: string;
  /** How problems call it: lines count from the kubeconfig's own top. */
  readonly path: string;
}

/**
 * Finds the kubeconfig in what was given: a Secret with `stringData.config` or `data.config`, where
 * KubeVela keeps it, or a bare kubeconfig.
 *
 * @param secretName the Secret that the Cluster names; another one is refused, so that no cluster gets
 *   the credentials of its neighbour
 */
export function kubeconfigOf(input: string, path: string, secretName: string | undefined): Converted<KubeconfigText> {
  const document = parseCredentials(path, input);
  if (document.value === undefined) return { problems: document.problems };
  const { value, complain } = document.value;
  const refuse = (field: FieldPath, message: string): Converted<KubeconfigText> => ({
    problems: [complain('KUBECONFIG_INVALID', field, message)],
  });
  // First, since SOPS may have encrypted the kind too.
  if (dig(value, 'sops') !== undefined)
    return refuse(['sops'], 'says that this is encrypted: pipe it through sops decrypt');
  const kind = digText(value, 'Config', 'kind');
  if (kind === 'Config') return { value: { text: input, path }, problems: [] };
  if (kind === 'SealedSecret') return refuse(['kind'], 'is SealedSecret, which only its cluster can open');
  if (kind !== 'Secret') return refuse(['kind'], 'must be Secret, or Config for a bare kubeconfig');
  if (digText(value, '', 'metadata', 'labels', secretTypeLabel) === 'cluster')
    return refuse(['metadata', 'labels'], 'says that this is a cluster Secret of Argo CD already');
  const found = configOf(document.value, path);
  if (secretName === undefined || digText(value, '', 'metadata', 'name') === secretName) return found;
  const other = complain(
    'KUBECONFIG_OF_ANOTHER',
    ['metadata', 'name'],
    `is not ${secretName}, which the Cluster names`,
  );
  return { problems: [other, ...found.problems] };
}

/** `stringData` wins over `data`, as it does in the API server. */
function configOf({ value, complain }: CredentialDocument, path: string): Converted<KubeconfigText> {
  const plain = dig(value, 'stringData', 'config');
  const field = [plain === undefined ? 'data' : 'stringData', 'config'];
  const config = plain ?? dig(value, 'data', 'config');
  const refuse = (message: string): Converted<KubeconfigText> => ({
    problems: [complain('KUBECONFIG_INVALID', field, message)],
  });
  if (config === undefined) return refuse('is missing; that is where the kubeconfig is looked for');
  if (typeof config !== 'string') return refuse('must be a string');
  if (plain === undefined && !isBase64(config)) return refuse('must be base64');
  const text = plain === undefined ? decodeText(Buffer.from(config, 'base64')) : config;
  return { value: { text, path: `${path}[${field.join('.')}]` }, problems: [] };
}
