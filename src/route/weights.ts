/** Weights that sum to 100, made from weights that do not. */

/**
 * Scales whole weights to sum to exactly 100 by the largest remainder (Hamilton's method), ties to
 * the earlier one. All zero, they stay zero.
 */
export function renormalise(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map(() => 0);
  const scaled = weights.map((weight, index) => ({
    index,
    floor: Math.floor((weight * 100) / total),
    remainder: (weight * 100) % total,
  }));
  const left = 100 - scaled.reduce((sum, { floor }) => sum + floor, 0);
  const winners = new Set(
    scaled
      .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index)
      .slice(0, left)
      .map(({ index }) => index),
  );
  return scaled.map(({ index, floor }) => floor + (winners.has(index) ? 1 : 0));
}
