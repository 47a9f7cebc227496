import { appDeployment, application, cluster, on, target } from './documents.ts';
import type { Files, ScratchRepo } from './scratch-repo.ts';

/** The smallest input that gives a problem, and the place where it must be found. */
export interface ProblemCase {
  readonly files: Files;
  /** What happens after the files are there: commits, edits. */
  readonly afterwards?: (repo: ScratchRepo) => Promise<ScratchRepo>;
  readonly command?: readonly string[];
  /** The exit code, where it is not the severity's. */
  readonly exit?: number;
  /** `file: text`, with ¦ before the place; or `file:line:column` as it stands. */
  readonly at: string;
  /** Which occurrence of the text; 0 is the first. */
  readonly nth?: number;
}

export const config = 'apiVersion: appdeploy.dev/v1alpha1\nkind: Config\n';
export const here = [on(undefined, 1)];
export const shop = application('shop');
export const placed = (traffic?: object, revision = 'shop-v1', placement = here): string =>
  appDeployment('shop', { [revision]: placement }, traffic === undefined ? {} : { traffic });
export const routed = (...rules: object[][]): object => ({
  hosts: ['shop.example.com'],
  http: rules.map((weightedTargets) => ({ weightedTargets })),
});
export const withTrait = (type: string): string => application('shop', [{ name: 'web', traits: [{ type }] }]);
export const output = (kind: string, rest: string): string => `outputs:\n  it:\n    kind: ${kind}\n${rest}`;
export const snapshot = 'revisions/default/shop/shop-v1.yaml';
export const api = { componentName: 'api' };

/** Applications a and b on clusters c1 and c2, behind the traffic of one AppDeployment. */
export function twoApps(traffic: object, bOn: string[], aOn = ['c1', 'c2']): Files {
  const onEach = (names: string[]): object[] => names.map((name) => on(name, 1));
  const apps = application('a') + application('b', [{ name: 'api' }]);
  const deployment = appDeployment('shop', { 'a-v1': onEach(aOn), 'b-v1': onEach(bOn) }, { traffic });
  return { 'apps.yaml': apps, 'clusters.yaml': cluster('c1') + cluster('c2'), 'd.yaml': deployment };
}

/** Commits what render writes, and then changes one file. */
export function edited(path: string, from: string, to: string): (repo: ScratchRepo) => Promise<ScratchRepo> {
  return async (repo) => {
    await repo.appdeploy('render', '-q');
    repo.commit();
    return repo.write({ [path]: repo.read(path).replace(from, to) });
  };
}

export const ingress = [{ type: 'ingress', properties: { domain: 'shop.example.com', http: { '/': 80 } } }];
export const loose = `output:
  apiVersion: apps/v1
  kind: Deployment
  spec:
    selector: { matchLabels: { app: shop } }
    template: { metadata: { labels: { app: shop } } }
`;
export const divided = (weights: object): string =>
  placed(undefined, 'shop-v1', [on({ labels: { t: 'a' }, policy: 'All' }, 2, { type: 'Divided', weights })]);
export const halves = routed([target('a-v1', 50), target('b-v1', 50, api)]);
