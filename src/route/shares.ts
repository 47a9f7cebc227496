import type { KubeObject } from '../model/manifest.ts';
import { canonicalJson, dig, digList } from '../model/plain.ts';

/** The weights of one rule of a VirtualService, by revision. */
export interface RuleShares {
  /** The rule's `match`, which tells rules of a VirtualService apart. */
  readonly match: unknown;
  /** The hosts of the VirtualService. */
  readonly hosts: readonly string[];
  readonly weights: ReadonlyMap<string, number>;
}

/** Whether an object is Istio's VirtualService. */
function isVirtualService({ apiVersion, kind }: KubeObject): boolean {
  return kind === 'VirtualService' && apiVersion.startsWith('networking.istio.io/');
}

/**
 * How an owner's objects on one cluster split the traffic, rule by rule: destinations lead to
 * Services, and the Services' selectors to revisions.
 */
export function routedShares(objects: readonly KubeObject[]): RuleShares[] {
  const revisions = new Map(
    objects.flatMap((object): [string, string][] => {
      const revision = dig(object, 'spec', 'selector', 'app.oam.dev/appRevision');
      return object.kind === 'Service' && typeof revision === 'string' ? [[object.metadata.name, revision]] : [];
    }),
  );
  const rules = objects
    .filter(isVirtualService)
    .flatMap((object) =>
      digList(object, 'spec', 'http').map((rule) => ({ rule, hosts: digList(object, 'spec', 'hosts').map(String) })),
    );
  return rules.map(({ rule, hosts }) => {
    const weights = new Map<string, number>();
    for (const target of digList(rule, 'route')) {
      const revision = revisions.get(String(dig(target, 'destination', 'host')));
      const weight = Number(dig(target, 'weight') ?? 0);
      if (revision !== undefined) weights.set(revision, (weights.get(revision) ?? 0) + weight);
    }
    return { match: dig(rule, 'match'), hosts, weights };
  });
}

/** What rules of a VirtualService are known by, whatever their order: the match, equal ones by their order. */
export function ruleKeys(shares: readonly RuleShares[]): string[] {
  const matches = shares.map(({ match }) => canonicalJson(match ?? null));
  return matches.map((match, index) => `${match} ${matches.slice(0, index).filter((each) => each === match).length}`);
}

/** The weight of a revision in every rule that routes to it. */
export function weightsOf(revision: string, shares: readonly RuleShares[]): number[] {
  return shares.flatMap(({ weights }) => weights.get(revision) ?? []);
}
