/** A placement that waits for a cluster: who may serve it, best first, and what must differ from it. */
export interface Slot {
  readonly key: string;
  /** Clusters that the selector matches, in rendezvous order. */
  readonly candidates: readonly string[];
  /** Revisions that use the slot; slots of one revision must get different clusters. */
  readonly revisions: readonly string[];
}

/** The cluster of each slot by key. */
export type Assignment = ReadonlyMap<string, string>;

/**
 * Gives every slot a cluster so that no revision has one twice: earlier slots and higher ranks
 * first, and a solution is found whenever there is one. Depth-first search; a choice is dropped at
 * once when some revision can no longer be matched (augmenting paths, Kuhn 1955).
 *
 * @param taken clusters that a revision uses already, by revision
 * @returns undefined when there is no solution
 */
export function assign(
  slots: readonly Slot[],
  taken: ReadonlyMap<string, ReadonlySet<string>>,
): Assignment | undefined {
  const open = slots.map((slot) => ({
    ...slot,
    candidates: slot.candidates.filter((name) => !slot.revisions.some((revision) => taken.get(revision)?.has(name))),
  }));
  const solved = neighbourhoods(open).map((group) => (isFeasible(group) ? search(group, new Map()) : undefined));
  return solved.every((each) => each !== undefined) ? new Map(solved.flatMap((each) => [...each])) : undefined;
}

/** Slots that share a revision, directly or through others: each group can be solved by itself. */
function neighbourhoods(slots: readonly Slot[]): Slot[][] {
  const groups: Slot[][] = [];
  for (const slot of slots) {
    const touching = groups.filter((group) => group.some((other) => meet(slot, other)));
    const others = groups.filter((group) => !touching.includes(group));
    const merged = slots.filter((each) => each === slot || touching.some((group) => group.includes(each)));
    groups.splice(0, groups.length, ...others, merged);
  }
  return groups;
}

/** `open` holds the slots that still wait, each with the candidates that are left to it. */
function search(open: readonly Slot[], assigned: Assignment): Assignment | undefined {
  const [slot, ...rest] = open;
  if (slot === undefined) return assigned;
  for (const cluster of slot.candidates) {
    const narrowed = rest.map((other) =>
      meet(slot, other) ? { ...other, candidates: other.candidates.filter((name) => name !== cluster) } : other,
    );
    if (!isFeasible(narrowed)) continue;
    const solution = search(narrowed, new Map([...assigned, [slot.key, cluster]]));
    if (solution !== undefined) return solution;
  }
  return undefined;
}

function meet(a: Slot, b: Slot): boolean {
  return a.revisions.some((revision) => b.revisions.includes(revision));
}

/** Whether each revision by itself can still be matched. */
function isFeasible(open: readonly Slot[]): boolean {
  const revisions = new Set(open.flatMap((slot) => slot.revisions));
  return [...revisions].every((revision) => {
    const own = open.filter((slot) => slot.revisions.includes(revision));
    return maximumMatching(own).size === own.length;
  });
}

/** As many slots as possible, each with a cluster of its own; earlier slots are never left out for later ones. */
export function maximumMatching(slots: readonly Slot[]): Assignment {
  const holder = new Map<string, Slot>();
  const augment = (slot: Slot, seen: Set<string>): boolean =>
    slot.candidates.some((cluster) => {
      if (seen.has(cluster)) return false;
      seen.add(cluster);
      const current = holder.get(cluster);
      if (current !== undefined && !augment(current, seen)) return false;
      holder.set(cluster, slot);
      return true;
    });
  for (const slot of slots) augment(slot, new Set());
  return new Map([...holder].map(([cluster, { key }]) => [key, cluster]));
}
