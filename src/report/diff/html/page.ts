import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { type Extent, shareOf } from '../../../diff/blast-radius.ts';
import type { ImageChange } from '../../../diff/images.ts';
import type { DiffReport } from '../../../diff/report.ts';
import type { Finding } from '../../../diff/safety/finding.ts';
import { originText } from '../../../model/origin.ts';
import { clustersText, exceededTexts, imageText, kindCounts, labelText, percentText, whereText } from '../words.ts';
import { changedClusters, objectTree } from './objects-view.ts';
import { rolloutView } from './rollout-view.ts';
import { transitionOf } from './transition-view.ts';

/** What the page is made of besides the report: `assets/review-page/`. */
export interface PageAssets {
  readonly style: string;
  readonly script: string;
  /** Handlebars templates by name; `page` is the whole, the others its parts. */
  readonly templates: ReadonlyMap<string, string>;
}

/**
 * A report as one self-contained page, for a browser without a network: nothing is loaded, and its
 * content security policy lets nothing run but the page's own script, by its digest. Without the
 * script everything is there but the filter.
 */
export function diffHtml(report: DiffReport, { style, script, templates }: PageAssets): string {
  const engine = Handlebars.create();
  for (const [name, text] of templates) engine.registerPartial(name, text);
  const page = engine.compile(templates.get('page') ?? '', {
    strict: true,
    knownHelpersOnly: true,
    preventIndent: true,
  });
  const frame = { style, script, styleDigest: digestOf(style), scriptDigest: digestOf(script) };
  return page({ ...frame, ...pageView(report) });
}

/** As a content security policy names an inline element (CSP Level 3, hash-source). */
function digestOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function pageView(report: DiffReport): object {
  const { base, head, undeployed, changes, findings, images } = report;
  return {
    base: labelText(base),
    head: labelText(head),
    undeployed: undeployed.map((each) => ({ ...each, deployed: each.deployed.join(', ') })),
    rollouts: rolloutView(report),
    limits: exceededTexts(report),
    radius: changes.length === 0 ? [] : radiusView(report),
    counts: kindCounts(changes),
    findings: findings.map(findingView),
    images: images.map(imageView),
    tree: objectTree(report),
    clusters: changedClusters(report),
  };
}

function radiusView({ blastRadius: { clusters, replicas, traffic }, exceeded }: DiffReport): object[] {
  const tile = (part: (typeof exceeded)[number], extent: Extent, detail: string): object => ({
    part,
    percent: percentText(shareOf(extent)),
    width: Math.round(shareOf(extent) * 1000) / 10,
    detail,
    isExceeded: exceeded.includes(part),
  });
  return [
    tile('clusters', clusters, `${clusters.moved} of ${clusters.total} have an object that changes`),
    tile('replicas', replicas, `${replicas.moved} of ${replicas.total} start, stop or restart`),
    tile('traffic', traffic, traffic.total === 0 ? 'no traffic is routed' : 'goes elsewhere, over all rules'),
  ];
}

function findingView({ code, severity, message, cure, clusters, owner, origin }: Finding): object {
  return {
    code,
    severity,
    message,
    cure,
    owner,
    origin: origin && originText(origin),
    where: clusters.length === 0 ? undefined : whereText(clusters, 3),
  };
}

function imageView({ owner, workload, container, before, after, clusters }: ImageChange): object {
  const image = transitionOf(imageText(before), imageText(after));
  return { owner, workload, container, image, clusters: clustersText(clusters, 3) };
}
