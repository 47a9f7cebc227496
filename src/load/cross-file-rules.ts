import { type Catalog, type Declaration, qualifiedName } from '../model/catalog.ts';
import { fieldText, originText } from '../model/origin.ts';
import { type Problem, problem } from '../model/problem.ts';
import type { ProblemCode } from '../model/problem-codes.ts';
import { annotationFindings } from '../clusters/cluster-annotations.ts';
import { isRevisionOnly } from './annotations.ts';

/** The rules that no schema holds, most of them across files; each is a function in the list below. */
export function crossFileProblems(catalog: Catalog): Problem[] {
  return rules.flatMap((rule) => rule(catalog));
}

const rules: readonly ((catalog: Catalog) => Problem[])[] = [
  ({ applications }) => duplicates('DUPLICATE_DOCUMENT', 'Application', applications, qualifiedName),
  ({ appDeployments }) => duplicates('DUPLICATE_DOCUMENT', 'AppDeployment', appDeployments, qualifiedName),
  ({ gateways }) => duplicates('DUPLICATE_DOCUMENT', 'Gateway', gateways, qualifiedName),
  ({ snapshots }) => duplicates('DUPLICATE_DOCUMENT', 'ApplicationRevision', snapshots, qualifiedName),
  ({ placementRecords }) => duplicates('DUPLICATE_DOCUMENT', 'PlacementRecord', placementRecords, qualifiedName),
  ({ definitions }) =>
    duplicates(
      'DUPLICATE_DOCUMENT',
      'definition',
      definitions.filter(({ origin }) => !isBuiltIn(origin.path)),
      (definition) => `${definition.object.kind} ${qualifiedName(definition)}`,
    ),
  ({ clusters }) => duplicates('DUPLICATE_CLUSTER', 'Cluster', clusters, ({ name }) => name),
  ({ applications }) => applications.flatMap(duplicateComponents),
  ({ clusters }) => clusters.flatMap(misreadAnnotations),
  nameClashes,
  overriddenBuiltIns,
];

/** The folder name under which built-in definitions appear in messages. */
export const builtInFolder = '<appdeploy>/definitions';

/** Whether a definition ships with appdeploy. */
export function isBuiltIn(path: string): boolean {
  return path.startsWith(`${builtInFolder}/`);
}

function duplicates<T>(
  code: ProblemCode,
  kind: string,
  declarations: readonly Declaration<T>[],
  keyOf: (declaration: Declaration<T>) => string,
): Problem[] {
  const first = new Map<string, Declaration<T>>();
  return declarations.flatMap((declaration) => {
    const key = keyOf(declaration);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, declaration);
      return [];
    }
    const message = `${kind} ${key.replace(/^\w+ /, '')} is also at ${originText(earlier.origin)}`;
    return [problem(code, declaration.locate(['metadata', 'name']), message)];
  });
}

function duplicateComponents({ object, locate }: Catalog['applications'][number]): Problem[] {
  const seen = new Set<string>();
  return object.spec.components.flatMap(({ name }, index) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [
      problem(
        'DUPLICATE_COMPONENT',
        locate(['spec', 'components', index, 'name']),
        `component ${name} is listed twice`,
      ),
    ];
  });
}

/** Annotations of a Cluster that its cluster Secret is made with. */
function misreadAnnotations({ object, locate }: Catalog['clusters'][number]): Problem[] {
  return annotationFindings(object.metadata.annotations ?? {}).map(({ field, message }) =>
    problem('INVALID_VALUE', locate(field), `${fieldText(field)} ${message}`),
  );
}

function nameClashes({ applications, appDeployments }: Catalog): Problem[] {
  const direct = new Map(
    applications
      .filter((application) => !isRevisionOnly(application))
      .map((application) => [qualifiedName(application), application]),
  );
  return appDeployments.flatMap((appDeployment) => {
    const other = direct.get(qualifiedName(appDeployment));
    if (other === undefined) return [];
    const message = `AppDeployment ${qualifiedName(appDeployment)} and the Application at ${originText(other.origin)} would share an output folder`;
    return [problem('NAME_CLASH', appDeployment.locate(['metadata', 'name']), message)];
  });
}

/** A definition of the repo takes the place of a built-in one of its kind and name. */
function overriddenBuiltIns({ definitions }: Catalog): Problem[] {
  const keyOf = ({ object, name }: Catalog['definitions'][number]): string => `${object.kind} ${name}`;
  const shipped = new Set(definitions.filter(({ origin }) => isBuiltIn(origin.path)).map(keyOf));
  return definitions
    .filter((definition) => !isBuiltIn(definition.origin.path) && shipped.has(keyOf(definition)))
    .map(({ object, name, namespace, locate }) => {
      const message = `${object.kind} ${name} takes the place of the built-in one, in namespace ${namespace}`;
      return problem('BUILT_IN_OVERRIDDEN', locate(['metadata', 'name']), message);
    });
}
