import { appDeployment, application, cluster, on, target } from './documents.ts';
import { ScratchRepo } from './scratch-repo.ts';
import { copyOf } from './template.ts';

/** Replicas on every production cluster. */
function everywhere(replicas: number): object {
  return on({ labels: { tier: 'prod' }, policy: 'All' }, replicas);
}

/** The AppDeployment `shop` on all clusters: two revisions, the second with a weight, and maybe a third. */
export function shopOn(
  weight: number,
  replicas: Readonly<Record<string, number>> = { 'shop-v1': 4, 'shop-v2': 2 },
): string {
  const placed = Object.fromEntries(Object.entries(replicas).map(([name, count]) => [name, [everywhere(count)]]));
  const [first = '', second] = Object.keys(replicas);
  const targets = second === undefined ? [target(first, 100)] : [target(first, 100 - weight), target(second, weight)];
  const traffic = { hosts: ['shop.example.com'], http: [{ weightedTargets: targets }] };
  return appDeployment('shop', placed, { traffic });
}

/** The Application `shop` on an image. */
export function shopImage(image: string): string {
  return application('shop', [{ name: 'web', properties: { image } }]);
}

/**
 * A config repo of many clusters, rendered and committed: `shop` runs v1 and v2 everywhere, nine
 * tenths to one; `cart` runs everywhere, too.
 */
export function fleet(size: number): Promise<ScratchRepo> {
  return copyOf(`fleet of ${size}`, () => makeFleet(size));
}

async function makeFleet(size: number): Promise<ScratchRepo> {
  const names = Array.from({ length: size }, (_, index) => `c${String(index + 1).padStart(2, '0')}`);
  const repo = new ScratchRepo().write({
    'clusters.yaml': names.map((name) => cluster(name, { tier: 'prod' })).join(''),
    'cart.yaml': application('cart', [{ name: 'basket' }]) + appDeployment('cart', { 'cart-v1': [everywhere(2)] }),
    'shop.yaml': shopImage('nginx:1.27'),
  });
  await rendered(repo);
  repo.write({ 'shop.yaml': shopImage('nginx:1.28'), 'site.yaml': shopOn(10) });
  return rendered(repo);
}

/** Renders and commits. @throws when render says no */
export async function rendered(repo: ScratchRepo, message = 'change'): Promise<ScratchRepo> {
  const { code, stderr } = await repo.appdeploy('render', '--quiet', '--allow-empty');
  if (code !== 0) throw new Error(stderr);
  return repo.commit(message);
}
