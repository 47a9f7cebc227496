import { createHash } from 'node:crypto';
import { byText } from '../model/plain.ts';

/**
 * Orders names by highest random weight for a key: adding a name changes the order of no others,
 * so that a new cluster takes only what it wins. (Thaler and Ravishankar, "A Name-Based Mapping
 * Scheme for Rendezvous", 1996.)
 */
export function rendezvousOrder(key: string, names: readonly string[]): string[] {
  const weighed = names.map((name) => ({ name, weight: createHash('sha256').update(`${key}\0${name}`).digest('hex') }));
  return weighed.toSorted((a, b) => byText(b.weight, a.weight) || byText(a.name, b.name)).map(({ name }) => name);
}
