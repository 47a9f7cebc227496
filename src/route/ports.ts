import type { Declaration } from '../model/catalog.ts';
import type { AppDeployment } from '../model/kinds.gen.ts';
import type { KubeObject, Manifest } from '../model/manifest.ts';
import { dig, digList } from '../model/plain.ts';
import { type Problem, problem } from '../model/problem.ts';
import type { RouteRule } from './rules.ts';

/** Warns of targets whose port no container of the component declares. */
export function portProblems(
  { locate }: Declaration<AppDeployment>,
  rules: readonly RouteRule[],
  manifests: readonly Manifest[],
): Problem[] {
  return rules.flatMap(({ targets }) =>
    targets.flatMap(({ revisionName, componentName, port, field }) => {
      const workload = manifests.find(
        ({ role, instance }) =>
          role === 'workload' && instance?.revision.name === revisionName && instance.component === componentName,
      );
      const declared = workload === undefined ? undefined : declaredPorts(workload.object);
      if (declared === undefined || declared.includes(port)) return [];
      const hint = declared.length === 0 ? 'It declares none.' : `It declares ${declared.join(', ')}.`;
      return [
        problem(
          'UNDECLARED_PORT',
          locate([...field, 'port']),
          `component ${componentName} of ${revisionName} does not declare port ${port}`,
          { hint },
        ),
      ];
    }),
  );
}

/** The container ports of a workload; undefined when it has no pod template to look at. */
function declaredPorts(workload: KubeObject): number[] | undefined {
  if (dig(workload, 'spec', 'template', 'spec', 'containers') === undefined) return undefined;
  const containers = digList(workload, 'spec', 'template', 'spec', 'containers');
  return containers
    .flatMap((container) => digList(container, 'ports'))
    .map((port) => Number(dig(port, 'containerPort')));
}
