import { type Extent, shareOf } from '../../diff/blast-radius.ts';
import type { DiffReport } from '../../diff/report.ts';

/**
 * A report for programs: everything, uncut and masked. Its form is that of
 * `schema/reports/diff-report.json`.
 */
export function diffJson({ blastRadius, maxBlastRadius, exceeded, ...report }: DiffReport): string {
  const { clusters, replicas, traffic } = blastRadius;
  const document = {
    apiVersion: 'appdeploy.dev/v1alpha1',
    kind: 'DiffReport',
    ...report,
    blastRadius: {
      clusters: extent(clusters),
      replicas: extent(replicas),
      traffic: extent(traffic),
      ...(maxBlastRadius === undefined ? {} : { limit: maxBlastRadius }),
      exceeded,
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function extent({ moved, total }: Extent): Extent & { readonly share: number } {
  return { moved: rounded(moved), total, share: rounded(shareOf({ moved, total })) };
}

/** Sums of hundredths are not exact. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
