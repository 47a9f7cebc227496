import type { Declaration, ObjectName, SourceFile } from '../model/catalog.ts';
import type { ApplicationRevision, Definition } from '../model/kinds.gen.ts';
import {
  firstRenderFormat,
  parseRevisionName,
  type PinnedDefinition,
  type Revision,
  revisionName,
} from '../model/revision.ts';
import { printYaml } from '../layout/printer.ts';
import { parse } from '../load/parse.ts';
import { snapshotFolder } from '../load/record-folders.ts';
import { validate } from '../load/validate.ts';
import { contentHash } from './content.ts';

/** A snapshot file, validated. */
export type Snapshot = Declaration<ApplicationRevision>;

/** KubeVela's label of a revision's content hash. */
export const hashLabel = 'app.oam.dev/app-revision-hash';

/** Marks a revision that was cut for its definitions, so that it stays though its spec is not new. */
export const cutAnnotation = 'appdeploy.dev/cut';

/** Marks snapshots that were taken over from a live KubeVela, numbers included. */
export const importedAnnotation = 'appdeploy.dev/imported';

const header =
  '# Snapshot of a revision, written by appdeploy. Once published it is immutable: to change the revision, change the Application.\n';

/** Where a revision's snapshot lives. */
export function snapshotPath({ namespace, name }: ObjectName, number: number): string {
  return `${snapshotFolder}/${namespace}/${name}/${revisionName(name, number)}.yaml`;
}

/** Which revision a snapshot's path belongs to; undefined for other paths. */
export function parseSnapshotPath(
  path: string,
): { readonly application: ObjectName; readonly number: number } | undefined {
  const [folder, namespace = '', name = '', file = '', more] = path.split('/');
  const revision = parseRevisionName(file.replace(/\.yaml$/, ''));
  if (folder !== snapshotFolder || more !== undefined || revision?.application !== name) return undefined;
  return { application: { namespace, name }, number: revision.number };
}

/** A revision written down; holds nothing that is known only after a commit. */
export function snapshotText(
  { name, application, hash, spec, definitions, renderFormat }: Omit<Revision, 'origin' | 'locate'>,
  annotations?: Readonly<Record<string, string>>,
): string {
  const objects = (map: ReadonlyMap<string, PinnedDefinition>): Record<string, unknown> =>
    Object.fromEntries([...map].map(([type, { object }]) => [type, object]));
  return (
    header +
    printYaml({
      apiVersion: 'core.oam.dev/v1beta1',
      kind: 'ApplicationRevision',
      metadata: {
        name,
        namespace: application.namespace,
        labels: { 'app.oam.dev/name': application.name, [hashLabel]: hash },
        annotations,
      },
      spec: {
        renderFormat,
        application: { apiVersion: 'core.oam.dev/v1beta1', kind: 'Application', metadata: { ...application }, spec },
        componentDefinitions: objects(definitions.components),
        traitDefinitions: objects(definitions.traits),
      },
    })
  );
}

/** The revision in a file's text, as it is written there; undefined when the text holds none. */
export function readSnapshotFile(file: SourceFile): Revision | undefined {
  const found = validate(parse([file]).value).value.find(({ kind }) => kind === 'ApplicationRevision');
  return found === undefined ? undefined : readSnapshot(found.declaration as Snapshot);
}

/** Reads a snapshot back. Its name and place are known to agree. */
export function readSnapshot(declaration: Snapshot): Revision {
  const { name, namespace, origin, object, locate } = declaration;
  const {
    application,
    componentDefinitions = {},
    traitDefinitions = {},
    renderFormat = firstRenderFormat,
  } = object.spec;
  const pinned = (field: string, definitions: Readonly<Record<string, Definition>>): Map<string, PinnedDefinition> =>
    new Map(
      Object.entries(definitions).map(([type, definition]) => {
        const top = ['spec', field, type];
        return [type, { object: definition, origin: locate(top), locate: (path, at) => locate([...top, ...path], at) }];
      }),
    );
  const id = { namespace, name: application.metadata.name };
  const content = {
    spec: application.spec,
    definitions: {
      components: pinned('componentDefinitions', componentDefinitions),
      traits: pinned('traitDefinitions', traitDefinitions),
    },
    renderFormat,
  };
  const number = parseRevisionName(name)?.number ?? 0;
  return {
    ...content,
    name,
    number,
    application: id,
    state: 'published',
    publishedOn: [],
    hash: contentHash(id, content),
    origin,
    locate: (path, at) => locate(['spec', 'application', ...path], at),
  };
}
