import type { Declaration, SourceDocument, SourceFile } from '../model/catalog.ts';
import { dig, digList, digObject, digText, isPlainObject, type PlainObject } from '../model/plain.ts';
import { type Problem, problem, type Staged, stagedAll } from '../model/problem.ts';
import { currentRenderFormat, parseRevisionName, type Revision } from '../model/revision.ts';
import { itemsOf } from '../load/list.ts';
import { parseFile } from '../load/parse.ts';
import { validateAs } from '../load/validate.ts';
import { readSnapshot, type Snapshot } from './snapshot.ts';

/**
 * The ApplicationRevisions of a live KubeVela, as `kubectl get applicationrevisions -o yaml` (or
 * json) prints them, as revisions: what the cluster added is left out, names and numbers stay.
 * Each that cannot be carried over whole is a problem at its line.
 */
export function importRevisions(file: SourceFile): Staged<Revision[]> {
  const { value: documents, problems } = parseFile(file, true);
  const found = documents.flatMap(itemsOf).filter(({ value }) => dig(value, 'kind') === 'ApplicationRevision');
  if (found.length === 0 && problems.length === 0) {
    const origin = { path: file.path, line: 1, column: 1 };
    const message = 'there is no ApplicationRevision in the input';
    return { value: [], problems: [problem('MISSING_FIELD', origin, message, { hint: exportHint })] };
  }
  const read = stagedAll(found.map(importOne));
  return { value: read.value.flat(), problems: [...problems, ...read.problems] };
}

const exportHint = 'Pass the output of kubectl get applicationrevisions --all-namespaces -o yaml.';

function importOne(document: SourceDocument): Staged<Revision[]> {
  const { value, origin, locate } = document;
  const name = digText(value, '', 'metadata', 'name');
  if (dig(value, 'spec', 'compression', 'type') !== undefined) {
    const message = `${name} is stored compressed by KubeVela, and cannot be read`;
    return {
      value: [],
      problems: [
        problem('INVALID_VALUE', locate(['spec', 'compression']), message, {
          hint: 'Turn applicationrevision compression off in KubeVela, or leave this revision out.',
        }),
      ],
    };
  }
  const application = parseRevisionName(name)?.application;
  if (application === undefined) {
    const message = `${JSON.stringify(name)} is not the name of a revision; expected <application>-v<number>`;
    return { value: [], problems: [problem('INVALID_VALUE', locate(['metadata', 'name']), message)] };
  }
  const object = carriedOver(value, application);
  const problems = [
    ...validateAs('ApplicationRevision', { ...document, value: object }),
    ...missingDefinitions(document, object),
  ];
  if (problems.length > 0) return { value: [], problems };
  const namespace = digText(object, 'default', 'metadata', 'namespace');
  const snapshot = { name, namespace, object, origin, locate } as unknown as Snapshot & Declaration<unknown>;
  return { value: [readSnapshot(snapshot)], problems: [] };
}

/** What a snapshot holds of a live ApplicationRevision. */
function carriedOver(value: unknown, application: string): PlainObject {
  const namespace = digText(value, 'default', 'metadata', 'namespace');
  const spec = digObject(value, 'spec', 'application', 'spec');
  const used = usedTypes(spec);
  return {
    apiVersion: 'core.oam.dev/v1beta1',
    kind: 'ApplicationRevision',
    metadata: { name: digText(value, '', 'metadata', 'name'), namespace },
    spec: {
      renderFormat: currentRenderFormat,
      application: {
        apiVersion: 'core.oam.dev/v1beta1',
        kind: 'Application',
        metadata: { name: application, namespace },
        spec,
      },
      componentDefinitions: carriedDefinitions(digObject(value, 'spec', 'componentDefinitions'), used.components),
      traitDefinitions: carriedDefinitions(digObject(value, 'spec', 'traitDefinitions'), used.traits),
    },
  };
}

function carriedDefinitions(definitions: PlainObject, used: ReadonlySet<string>): PlainObject {
  const kept = Object.entries(definitions).filter(([type]) => used.has(type));
  return Object.fromEntries(
    kept.map(([type, definition]) => [
      type,
      {
        apiVersion: digText(definition, 'core.oam.dev/v1beta1', 'apiVersion'),
        kind: dig(definition, 'kind'),
        metadata: { name: digText(definition, type, 'metadata', 'name') },
        spec: digObject(definition, 'spec'),
      },
    ]),
  );
}

function usedTypes(spec: PlainObject): { readonly components: Set<string>; readonly traits: Set<string> } {
  const components = digList(spec, 'components');
  const traits = components.flatMap((component) => digList(component, 'traits'));
  const types = (of: readonly unknown[]): Set<string> =>
    new Set(of.filter(isPlainObject).map((each) => digText(each, '', 'type')));
  return { components: types(components), traits: types(traits) };
}

/** A revision without a definition that it uses could never be rendered again. */
function missingDefinitions({ locate }: SourceDocument, object: PlainObject): Problem[] {
  const used = usedTypes(digObject(object, 'spec', 'application', 'spec'));
  return (['component', 'trait'] as const).flatMap((kind) => {
    const field = ['spec', `${kind}Definitions`];
    const carried = digObject(object, ...field);
    return [...used[`${kind}s`]]
      .filter((type) => !Object.hasOwn(carried, type))
      .map((type) =>
        problem(
          'UNKNOWN_DEFINITION',
          locate(field),
          `the revision does not hold the ${kind} definition ${JSON.stringify(type)} that it uses`,
        ),
      );
  });
}
