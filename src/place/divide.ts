import { byText } from '../model/plain.ts';

/** A party to a division: a cluster and its weight, a whole number of at least 0. */
export interface Share {
  readonly name: string;
  readonly weight: number;
}

/**
 * Divides a whole number of seats in proportion to the weights by Webster's (Sainte-Laguë's)
 * divisor method, ties by name. The parts sum to `seats` exactly, and more seats never give a
 * party fewer (Balinski and Young, "Fair Representation", 1982). With no weight above 0 the
 * result is empty.
 */
export function divide(seats: number, shares: readonly Share[]): ReadonlyMap<string, number> {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return new Map();
  const parts = new Map(shares.map(({ name, weight }) => [name, certainSeats(seats, weight, total, shares.length)]));
  let left = seats - [...parts.values()].reduce((sum, part) => sum + part, 0);
  while (left > 0) {
    const winner = nextSeat(shares, parts);
    parts.set(winner.name, (parts.get(winner.name) ?? 0) + 1);
    left -= 1;
  }
  return parts;
}

/** The party with the highest weight / (2 · seats + 1). */
function nextSeat(shares: readonly Share[], parts: ReadonlyMap<string, number>): Share {
  const divisor = ({ name }: Share): number => 2 * (parts.get(name) ?? 0) + 1;
  return shares.reduce((best, share) => {
    const [ours, theirs] = [share.weight * divisor(best), best.weight * divisor(share)];
    return ours > theirs || (ours === theirs && byText(share.name, best.name) < 0) ? share : best;
  });
}

/**
 * Seats that a party has in any case: its part of a smaller house, one whose divisor
 * total / (seats - parties / 2) can be rounded at once. Leaves no more seats than parties.
 */
function certainSeats(seats: number, weight: number, total: number, parties: number): number {
  const house = 2 * seats - parties;
  return house <= 0 ? 0 : Math.max(0, Math.ceil((weight * house - total) / (2 * total)));
}
