/** Shares of one limit that are closer than this are the same: sums and quotients of decimals are not exact. */
const tolerance = 1e-9;

/** Whether a share, 0 to 1, is more than a limit. */
export function isAbove(share: number, limit: number): boolean {
  return share - limit > tolerance;
}

/** A share as a percentage as it was written: 0.29 is 29, and not 28.999999999999996. */
export function percentOf(share: number): number {
  return Number((share * 100).toPrecision(12));
}
