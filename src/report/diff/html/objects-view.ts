import type { ChangeAction } from '../../../diff/compare.ts';
import type { FoldedChange } from '../../../diff/fold.ts';
import type { DiffReport } from '../../../diff/report.ts';
import { unifiedDiff } from '../../../diff/unified.ts';
import { byText, groupBy } from '../../../model/plain.ts';
import { actionCounts, valueText, whereText } from '../words.ts';

/** A line of a unified diff, by what it is. */
export interface DiffLine {
  /** With the line's end. */
  readonly text: string;
  readonly isAdded: boolean;
  readonly isRemoved: boolean;
  readonly isHunk: boolean;
}

/** A leaf of the tree: the same change of an object on one or more clusters. */
export interface ObjectNode {
  readonly action: ChangeAction;
  readonly sign: string;
  readonly title: string;
  readonly namespace: string | undefined;
  readonly where: string;
  /** All of them, separated by spaces, which no cluster's name holds. */
  readonly clusters: string;
  readonly fields: readonly { readonly path: string; readonly before: string; readonly after: string }[];
  readonly lines: readonly DiffLine[];
}

/** The objects of one kind. */
interface KindNode {
  readonly kind: string;
  readonly counts: string;
  readonly objects: readonly ObjectNode[];
}

/** The objects of one AppDeployment or Application. */
export interface OwnerNode {
  readonly owner: string;
  readonly counts: string;
  readonly kinds: readonly KindNode[];
}

const signs = { added: '+', changed: '~', removed: '\u2212' } as const;

/** The changes of a report as a tree: owner, kind, object. */
export function objectTree({ changes }: Pick<DiffReport, 'changes'>): OwnerNode[] {
  const nodes = changes.map((change) => ({ change, node: objectNode(change) }));
  return [...groupBy(nodes, ({ change }) => change.owner)].map(([owner, own]) => ({
    owner,
    counts: actionCounts(own.map(({ change }) => change)),
    kinds: [...groupBy(own, ({ change }) => change.kind)]
      .toSorted(([a], [b]) => byText(a, b))
      .map(([kind, alike]) => ({
        kind,
        counts: actionCounts(alike.map(({ change }) => change)),
        objects: alike.map(({ node }) => node),
      })),
  }));
}

/** The clusters on which an object changes, sorted. */
export function changedClusters({ changes }: Pick<DiffReport, 'changes'>): string[] {
  return [...new Set(changes.flatMap(({ clusters }) => clusters))].toSorted(byText);
}

function objectNode(change: FoldedChange): ObjectNode {
  const { action, kind, name, namespace, clusters, fields } = change;
  return {
    action,
    sign: signs[action],
    title: `${kind} ${name}`,
    namespace,
    where: whereText(clusters, 3),
    clusters: clusters.join(' '),
    fields: fields.map(({ path, before, after }) => ({
      path,
      before: valueText(before),
      after: valueText(after),
    })),
    lines: diffLines(unifiedDiff(change)),
  };
}

/** Without the two lines that name the sides: the tree has named the object. */
function diffLines(diff: string): DiffLine[] {
  return diff
    .trimEnd()
    .split('\n')
    .slice(2)
    .map((line) => ({
      text: `${line}\n`,
      isAdded: line.startsWith('+'),
      isRemoved: line.startsWith('-'),
      isHunk: line.startsWith('@@'),
    }));
}
