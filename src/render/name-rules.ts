import type { Manifest } from '../model/manifest.ts';
import { type Problem, problem } from '../model/problem.ts';

/** Kinds whose names become DNS labels. */
const labelNames: Readonly<Record<string, RegExp>> = {
  Service: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  Namespace: /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
};
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const rbacKinds = new Set(['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding']);

/** Names and label values that Kubernetes would refuse. */
export function nameProblems({ object, origin, cluster }: Manifest): Problem[] {
  const { name, labels = {} } = object.metadata;
  const rule = labelNames[object.kind] ?? subdomain;
  const valid = rbacKinds.has(object.kind) ? name.length <= 253 : name.length <= 253 && rule.test(name);
  const wrong = valid
    ? []
    : [
        problem(
          'INVALID_NAME',
          origin,
          `${object.kind} would be named ${name} on ${cluster}, which Kubernetes refuses (${limitOf(rule)})`,
        ),
      ];
  const long = Object.entries(labels).filter(([, value]) => value.length > 63);
  return [
    ...wrong,
    ...long.map(([key, value]) =>
      problem(
        'INVALID_NAME',
        origin,
        `${object.kind} ${name} would have label ${key} of ${value.length} characters; at most 63 are allowed`,
      ),
    ),
  ];
}

function limitOf(rule: RegExp): string {
  return rule === subdomain
    ? 'at most 253 characters, a-z, 0-9, - and .'
    : 'at most 63 characters, a-z, 0-9 and -, beginning with a letter';
}
