/** A quick look before parsing: whether a file may hold a document that we read. */
export function mayHoldOurs(text: string): boolean {
  return (
    text.includes('core.oam.dev/') ||
    text.includes('appdeploy.dev/') ||
    text.includes('networking.istio.io/') ||
    /kind"?\s*:\s*["']?Service\b/.test(text)
  );
}

/**
 * Whether a file that does not parse is ours to complain about: a top-level line names our API
 * group, and it is no template of another tool.
 */
export function looksLikeOurs(text: string): boolean {
  return !text.includes('{{') && (topLevel.test(text) || (/^\uFEFF?\s*\{/.test(text) && inJson.test(text)));
}

const topLevel = /^\uFEFF?["']?apiVersion["']?\s*:\s*["']?(?:core\.oam|appdeploy)\.dev\//m;
const inJson = /"apiVersion"\s*:\s*"(?:core\.oam|appdeploy)\.dev\//;

/** KubeVela kinds of core.oam.dev that exist and are none of our business. */
const otherKinds = new Set([
  'ApplicationContext',
  'ApplicationConfiguration',
  'Component',
  'HealthScope',
  'ManualScalerTrait',
  'ContainerizedWorkload',
  'Policy',
  'PolicyDefinition',
  'ResourceTracker',
  'ScopeDefinition',
  'Workflow',
  'WorkflowRun',
  'WorkflowStepDefinition',
  'Config',
  'AppRollout',
  'Initializer',
  'EnvBinding',
]);

/** Whether KubeVela has a kind of this name that is not read here. */
export function isOtherKubeVelaKind(kind: string): boolean {
  return otherKinds.has(kind);
}
