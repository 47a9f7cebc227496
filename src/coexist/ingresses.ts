import type { Manifest } from '../model/manifest.ts';
import { digList, digText } from '../model/plain.ts';
import { type Problem, problem } from '../model/problem.ts';

/** The same Ingress host and path from two live revisions on one cluster. */
export function ingressProblems(manifests: readonly Manifest[]): Problem[] {
  const first = new Map<string, Manifest>();
  return manifests.filter(isLiveIngress).flatMap((manifest) =>
    claims(manifest).flatMap((claim) => {
      const key = `${manifest.cluster} ${claim}`;
      const other = first.get(key) ?? manifest;
      first.set(key, other);
      if (other.instance?.revision === manifest.instance?.revision) return [];
      const message = `on ${manifest.cluster}, ${manifest.instance?.revision.name ?? ''} and ${other.instance?.revision.name ?? ''} both claim ${claim}`;
      return [
        problem('INGRESS_CONFLICT', manifest.origin, message, {
          related: [{ origin: other.origin, message: 'the other Ingress' }],
        }),
      ];
    }),
  );
}

function isLiveIngress({ object, instance }: Manifest): boolean {
  return object.kind === 'Ingress' && instance !== undefined && instance.replicas !== 0;
}

/** Every `host/path` of an Ingress; a rule without a host claims all hosts. */
function claims({ object }: Manifest): string[] {
  return digList(object, 'spec', 'rules').flatMap((rule) => {
    const host = digText(rule, '*', 'host');
    return digList(rule, 'http', 'paths').map((path) => `${host}${digText(path, '/', 'path')}`);
  });
}
