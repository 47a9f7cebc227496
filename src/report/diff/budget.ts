/** A part of a document that may lose items from its end. */
export interface Block {
  readonly head: string;
  readonly items: readonly string[];
  readonly tail: string;
  /** What stands for items that were cut. */
  readonly left: (count: number) => string;
  /** The share of what is left of the budget that it may use, 0 to 1. */
  readonly share: number;
}

/** A document within its budget, and how many items it had to leave out. */
export interface Fitted {
  readonly text: string;
  readonly leftOut: number;
}

/**
 * Joins blocks in their order within a number of characters. An item is there whole or not at all,
 * and in place of those that are cut stands their number; a block that has no room for anything is
 * left out as a whole.
 */
export function fitBlocks(blocks: readonly Block[], budget: number): Fitted {
  let text = '';
  let leftOut = 0;
  for (const block of blocks) {
    const room = Math.floor((budget - text.length) * block.share);
    const kept = fittingItems(block, room);
    if (kept === undefined) {
      leftOut += block.items.length;
      continue;
    }
    const cut = block.items.length - kept;
    leftOut += cut;
    text += block.head + block.items.slice(0, kept).join('') + (cut > 0 ? block.left(cut) : '') + block.tail;
  }
  return { text, leftOut };
}

/** How many items have room; undefined where not even the block's frame has. */
function fittingItems({ head, items, tail, left }: Block, room: number): number | undefined {
  const frame = head.length + tail.length;
  const whole = items.reduce((sum, { length }) => sum + length, frame);
  if (whole <= room) return items.length;
  let used = frame + left(items.length).length;
  if (used > room) return undefined;
  const fits = items.findIndex((item) => (used += item.length) > room);
  return fits < 0 ? items.length : fits;
}
