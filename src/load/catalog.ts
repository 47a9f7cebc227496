import type { Catalog, Declaration, SourceDocument, SourceFile } from '../model/catalog.ts';
import type { Definition, DefinitionRevision, PlacementRecord } from '../model/kinds.gen.ts';
import { dig, digObject, digText } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { parseRevisionName } from '../model/revision.ts';
import type { Kind } from '../schema/schemas.ts';
import { neededBuiltins, shippedDefinitions } from './builtins.ts';
import { crossFileProblems } from './cross-file-rules.ts';
import { numberedDefinitions } from './definition-revisions.ts';
import { parse } from './parse.ts';
import { placementFolder, snapshotFolder } from './record-folders.ts';
import { validate, type Validated } from './validate.ts';

/** The files of one repo state, and the definitions that ship with appdeploy. */
export interface LoadInput {
  readonly files: readonly SourceFile[];
  readonly builtins: readonly SourceFile[];
  /** Take in those definitions too that no document needs. */
  readonly everyBuiltin?: boolean;
}

/** Files → catalog: parsed, validated, and held against the rules that span files. */
export function load({ files, builtins, everyBuiltin = false }: LoadInput): Staged<Catalog> {
  const documents = parse(files);
  const declarations = validate(documents.value);
  const shipped = shippedDefinitions(everyBuiltin ? builtins : neededBuiltins(builtins, declarations.value));
  const catalog = collect(declarations.value, shipped, documents.value);
  const problems = [
    ...documents.problems,
    ...declarations.problems,
    ...misplaced(declarations.value),
    ...crossFileProblems(catalog),
  ];
  return { value: catalog, problems };
}

function collect(
  validated: readonly Validated[],
  shipped: readonly Declaration<Definition>[],
  documents: readonly SourceDocument[],
): Catalog {
  const of = <T>(...kinds: Kind[]): Declaration<T>[] =>
    validated.filter(({ kind }) => kinds.includes(kind)).map(({ declaration }) => declaration as Declaration<T>);
  const numbered = numberedDefinitions(of<DefinitionRevision>('DefinitionRevision'));
  const own = of<Definition>('ComponentDefinition', 'TraitDefinition', 'WorkloadDefinition');
  return {
    applications: of('Application'),
    appDeployments: of('AppDeployment'),
    clusters: of('Cluster'),
    definitions: [...own, ...numbered, ...shipped],
    gateways: of('Gateway'),
    snapshots: of<Catalog['snapshots'][number]['object']>('ApplicationRevision').filter(({ origin }) =>
      inSnapshotFolder(origin.path),
    ),
    placementRecords: of<PlacementRecord>('PlacementRecord'),
    services: documents.filter(isService).map(({ value }) => {
      const metadata = digObject(value, 'metadata');
      return { name: digText(metadata, '', 'name'), namespace: digText(metadata, 'default', 'namespace') };
    }),
  };
}

function isService({ value }: SourceDocument): boolean {
  return dig(value, 'apiVersion') === 'v1' && dig(value, 'kind') === 'Service';
}

function inSnapshotFolder(path: string): boolean {
  return path.startsWith(`${snapshotFolder}/`);
}

/** Under revisions/ only snapshots may stand, and each record where its name says. */
function misplaced(validated: readonly Validated[]): Problem[] {
  return validated.flatMap((each) => [...misplacedSnapshot(each), ...misplacedPlacementRecord(each)]);
}

function misplacedPlacementRecord({ kind, declaration: { name, namespace, origin } }: Validated): Problem[] {
  const expected = `${placementFolder}/${namespace}/${name}.yaml`;
  if (kind !== 'PlacementRecord' || origin.path === expected) return [];
  return [problem('MISPLACED_RECORD', origin, `the placement record of ${namespace}/${name} belongs at ${expected}`)];
}

function misplacedSnapshot({ kind, declaration: { name, namespace, origin, object } }: Validated): Problem[] {
  if (!inSnapshotFolder(origin.path)) return [];
  const application = String(dig(object, 'spec', 'application', 'metadata', 'name'));
  const expected = `${snapshotFolder}/${namespace}/${application}/${name}.yaml`;
  if (
    kind === 'ApplicationRevision' &&
    origin.path === expected &&
    parseRevisionName(name)?.application === application
  )
    return [];
  const is = kind === 'ApplicationRevision' ? `belongs at ${expected}` : `is a ${kind}, not a snapshot`;
  return [problem('MISPLACED_SNAPSHOT', origin, `${name} ${is}`)];
}
