import { byText, groupBy } from '../model/plain.ts';
import { type Cell, cellKey } from './cells.ts';
import { siteKey } from './state.ts';

/** What a revision has on a cluster, as one side shows it. */
export interface CellFigures {
  /** undefined where the kind has no replicas, or where nothing of it runs there. */
  readonly replicas?: number;
  readonly autoscaled?: boolean;
  /** Whether a workload of it is there at all. */
  readonly runs: boolean;
  /** In every rule that a side has there, the same rule in the same place; empty where none routes to it. */
  readonly weights: readonly number[];
}

/** A row of the rollout matrix: a revision on clusters where the same happens to it. */
export interface MatrixRow {
  readonly owner: string;
  readonly revision: string;
  readonly clusters: readonly string[];
  /** undefined where the side has nothing of it. */
  readonly before: CellFigures | undefined;
  readonly after: CellFigures | undefined;
  readonly changed: boolean;
}

/**
 * The rollout, before and after: every revision of the owners and clusters where a figure changes,
 * so that what stays is seen beside what moves. Clusters with the same rows share them.
 */
export function matrixRows(before: readonly Cell[], after: readonly Cell[]): MatrixRow[] {
  const old = new Map(before.map((cell) => [cellKey(cell), cell]));
  const now = new Map(after.map((cell) => [cellKey(cell), cell]));
  const rules = rulesBySite(before, after);
  const pairs = [...new Set([...old.keys(), ...now.keys()])].map((key) => pairOf(old.get(key), now.get(key), rules));
  const sites = groupBy(pairs, ({ owner, cluster }) => `${owner} ${cluster}`);
  const moving = [...sites.values()].filter((site) => site.some(({ changed }) => changed));
  const alike = groupBy(moving, (site) => JSON.stringify(site.map(({ cluster: _own, ...rest }) => rest)));
  return [...alike.values()]
    .flatMap((group) => {
      const clusters = group.flatMap(([first]) => first?.cluster ?? []).toSorted(byText);
      return (group[0] ?? []).map(({ cluster: _own, ...row }) => ({ ...row, clusters }));
    })
    .toSorted((a, b) => byText(a.owner, b.owner) || byText(a.clusters[0] ?? '', b.clusters[0] ?? ''));
}

/** The rules of both sides by site, each once: as after, with those that are gone where they stood. */
function rulesBySite(before: readonly Cell[], after: readonly Cell[]): ReadonlyMap<string, readonly string[]> {
  const rules = new Map(after.map((cell) => [siteOf(cell), cell.rules]));
  for (const cell of before) {
    const all = [...(rules.get(siteOf(cell)) ?? [])];
    for (const [index, rule] of cell.rules.entries())
      if (!all.includes(rule)) all.splice(all.indexOf(cell.rules[index - 1] ?? '') + 1, 0, rule);
    rules.set(siteOf(cell), all);
  }
  return rules;
}

function siteOf({ owner, cluster }: Pick<Cell, 'owner' | 'cluster'>): string {
  return siteKey(owner, cluster);
}

function pairOf(
  before: Cell | undefined,
  after: Cell | undefined,
  rules: ReadonlyMap<string, readonly string[]>,
): Omit<MatrixRow, 'clusters'> & { cluster: string } {
  const { owner = '', cluster = '', revision = '' } = after ?? before ?? {};
  const all = rules.get(siteOf({ owner, cluster })) ?? [];
  const [was, is] = [figuresOf(before, all), figuresOf(after, all)];
  return { owner, cluster, revision, before: was, after: is, changed: JSON.stringify(was) !== JSON.stringify(is) };
}

function figuresOf(cell: Cell | undefined, all: readonly string[]): CellFigures | undefined {
  if (cell === undefined) return undefined;
  const { replicas, isAutoscaled, workloads, weights, rules } = cell;
  return {
    ...(replicas === undefined ? {} : { replicas }),
    ...(isAutoscaled ? { autoscaled: true } : {}),
    runs: workloads.length > 0,
    weights: weights.length === 0 ? [] : all.map((rule) => weights[rules.indexOf(rule)] ?? 0),
  };
}
