import type { Catalog, Declaration, Settings } from '../model/catalog.ts';
import type { AppDeployment } from '../model/kinds.gen.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Placement, Placements } from '../model/placement.ts';
import { groupBy } from '../model/plain.ts';
import { hasErrors, type Staged, stagedAll } from '../model/problem.ts';
import { type GatewayUse, gatewayUses, renderGateways } from './gateways.ts';
import { portProblems } from './ports.ts';
import { readRules } from './rules.ts';
import { hostServices, targetServices } from './services.ts';
import { servingPlan } from './serving.ts';
import { virtualService } from './virtual-service.ts';

/** What routing needs besides the placements. */
export interface RouteInput {
  readonly catalog: Catalog;
  readonly settings: Pick<Settings, 'istioVersion' | 'missingTargets'>;
  /** What the components render, to look up ports and Services in. */
  readonly rendered: readonly Manifest[];
}

/** Placements → Services, VirtualServices and Gateways. */
export function route({ placed }: Placements, input: RouteInput): Staged<Manifest[]> {
  const placements = groupBy(placed, ({ appDeployment }) => appDeployment);
  const rendered = groupBy(input.rendered, ({ owner }) => `${owner.namespace}/${owner.name}`);
  const routed = stagedAll(
    [...placements].map(([appDeployment, own]) => {
      const mine = rendered.get(`${appDeployment.namespace}/${appDeployment.name}`) ?? [];
      return routeOne(appDeployment, own, { ...input, rendered: mine });
    }),
  );
  const gateways = renderGateways(
    routed.value.flatMap(({ uses }) => uses),
    input.settings.istioVersion,
  );
  const value = [...routed.value.flatMap(({ manifests }) => manifests), ...gateways.value];
  return { value, problems: [...routed.problems, ...gateways.problems] };
}

interface Routed {
  readonly manifests: readonly Manifest[];
  readonly uses: readonly GatewayUse[];
}

function routeOne(
  appDeployment: Declaration<AppDeployment>,
  placements: readonly Placement[],
  { catalog, settings, rendered }: RouteInput,
): Staged<Routed> {
  if (appDeployment.object.spec.traffic === undefined) return { value: { manifests: [], uses: [] }, problems: [] };
  const rules = readRules(appDeployment, placements);
  if (hasErrors(rules.problems)) return { value: { manifests: [], uses: [] }, problems: rules.problems };
  const serving = servingPlan(appDeployment, rules.value, placements, settings.missingTargets);
  const manifests = serving.value.flatMap((each) => [
    ...targetServices(appDeployment, each),
    ...hostServices(appDeployment, each, catalog, rendered),
    virtualService(appDeployment, each, settings.istioVersion),
  ]);
  const uses = gatewayUses(
    appDeployment,
    serving.value.map(({ cluster }) => cluster),
    catalog,
  );
  return {
    value: { manifests: sharingObjects(manifests), uses },
    problems: [...rules.problems, ...serving.problems, ...portProblems(appDeployment, rules.value, rendered)],
  };
}

/** The same manifests, equal objects being one, so that what follows meets each once. */
function sharingObjects(manifests: readonly Manifest[]): Manifest[] {
  const known = new Map<string, Manifest['object']>();
  return manifests.map((manifest) => {
    const text = JSON.stringify(manifest.object);
    const object = known.get(text) ?? manifest.object;
    known.set(text, object);
    return { ...manifest, object };
  });
}
