import type { CellFigures, MatrixRow } from '../../../diff/matrix.ts';
import { type Transition, transitionOf } from './transition-view.ts';

/** How many colours the style sheet has; further revisions take them again. */
const colours = 8;

/** A part of a bar, in percent of its width. */
export interface Segment {
  readonly colour: number;
  readonly x: number;
  readonly width: number;
  /** All of it, to be shown when it is pointed at. */
  readonly title: string;
  /** As much as its width has room for. */
  readonly label: string;
}

/** What flows from a part of the upper bar to the same revision's part of the lower one. */
export interface Ribbon {
  readonly colour: number;
  /** SVG points on a square of 100 by 1. */
  readonly points: string;
}

/** One rule's traffic on some clusters, before and after. */
export interface TrafficPicture {
  readonly id: string;
  /** In words, for those who do not see the picture. */
  readonly description: string;
  /** `rule 2`, where there are several. */
  readonly rule: string | undefined;
  readonly before: readonly Segment[];
  readonly after: readonly Segment[];
  readonly ribbons: readonly Ribbon[];
  readonly legend: readonly { readonly colour: number; readonly revision: string; readonly weight: Transition }[];
}

/** What a picture is of. */
export interface PictureSubject {
  readonly id: string;
  readonly clusters: string;
}

/** A revision's weight in one rule, on both sides. */
interface Share {
  readonly revision: string;
  readonly colour: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Draws the traffic of one site, a picture for each rule of the VirtualService; none where nothing is
 * routed. Rows stand in the order of the revisions that are routed somewhere, which decides on the colours.
 */
export function trafficPictures(
  revisions: readonly string[],
  rows: readonly (MatrixRow | undefined)[],
  { id, clusters }: PictureSubject,
): TrafficPicture[] {
  const count = Math.max(0, ...rows.flatMap((row) => [weightsIn(row?.before), weightsIn(row?.after)]));
  return Array.from({ length: count }, (_, rule) => {
    const shares = revisions.map((revision, index): Share => {
      const [before = 0, after = 0] = [rows[index]?.before?.weights[rule], rows[index]?.after?.weights[rule]];
      return { revision, colour: index % colours, before, after };
    });
    const name = count > 1 ? `rule ${rule + 1}` : undefined;
    return { ...picture(shares, clusters, name), id: `${id}-${rule}`, rule: name };
  });
}

function weightsIn(figures: CellFigures | undefined): number {
  return figures?.weights.length ?? 0;
}

function picture(
  shares: readonly Share[],
  clusters: string,
  rule: string | undefined,
): Omit<TrafficPicture, 'id' | 'rule'> {
  const routed = shares.filter(({ before, after }) => before > 0 || after > 0);
  const said = routed.map(({ revision, before, after }) => `${revision} from ${before}% to ${after}%`);
  const [before, after] = [segments(routed, 'before'), segments(routed, 'after')];
  return {
    description: `Traffic on ${clusters}${rule === undefined ? '' : `, ${rule}`}: ${said.join(', ')}`,
    before: before.filter(({ width }) => width > 0),
    after: after.filter(({ width }) => width > 0),
    ribbons: routed.flatMap((share, index) => ribbon(share, before[index], after[index])),
    legend: routed.map(({ revision, colour, before: was, after: is }) => ({
      colour,
      revision,
      weight: transitionOf(`${was}%`, `${is}%`),
    })),
  };
}

/** One segment for each share, beginning where the one before ends. */
function segments(shares: readonly Share[], side: 'before' | 'after'): Segment[] {
  let end = 0;
  return shares.map((share) => {
    const [x, width] = [end, share[side]];
    end += width;
    const label = width >= 30 ? `${share.revision} ${width}%` : width >= 7 ? `${width}%` : '';
    return { colour: share.colour, x, width, title: `${share.revision} ${width}%`, label };
  });
}

function ribbon({ colour }: Share, from: Segment | undefined, to: Segment | undefined): Ribbon[] {
  if (from === undefined || to === undefined || from.width === 0 || to.width === 0) return [];
  const corners = [
    [from.x, 0],
    [from.x + from.width, 0],
    [to.x + to.width, 1],
    [to.x, 1],
  ];
  return [{ colour, points: corners.map((corner) => corner.join(',')).join(' ') }];
}
