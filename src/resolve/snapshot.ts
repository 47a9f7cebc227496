import type { Declaration, ObjectName } from '../model/catalog.ts';
import type { ApplicationRevision, Definition } from '../model/kinds.gen.ts';
import { type Problem, problem } from '../model/problem.ts';
import {
  currentRenderFormat,
  parseRevisionName,
  type PinnedDefinition,
  type Revision,
  revisionName,
  type RevisionState,
} from '../model/revision.ts';
import { printYaml } from '../layout/printer.ts';
import { snapshotFolder } from '../load/catalog.ts';
import { contentHash } from './content.ts';

/** KubeVela's label of a revision's content hash. */
const hashLabel = 'app.oam.dev/app-revision-hash';

const header =
  '# Snapshot of a revision, written by appdeploy. Once published it is immutable: to change the revision, change the Application.\n';

/** Where an Application's snapshots live; ends in a slash. */
export function snapshotFolderOf({ namespace, name }: ObjectName): string {
  return `${snapshotFolder}/${namespace}/${name}/`;
}

/** Where a revision's snapshot lives. */
export function snapshotPath({ namespace, name }: ObjectName, number: number): string {
  return `${snapshotFolderOf({ namespace, name })}${revisionName(name, number)}.yaml`;
}

/** A revision written down; holds nothing that is known only after a commit. */
export function snapshotText({ name, application, hash, spec, definitions, renderFormat }: Revision): string {
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

/** Reads a snapshot back. Its name and place are known to agree. */
export function readSnapshot(declaration: Declaration<ApplicationRevision>, state: RevisionState): Revision {
  const { name, namespace, origin, object, locate } = declaration;
  const {
    application,
    componentDefinitions = {},
    traitDefinitions = {},
    renderFormat = currentRenderFormat,
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
    state,
    hash: contentHash(id, content),
    origin,
    locate: (path, at) => locate(['spec', 'application', ...path], at),
  };
}

/** What is wrong with a snapshot by itself. */
export function snapshotProblems(
  { object, locate, name }: Declaration<ApplicationRevision>,
  { hash, renderFormat }: Revision,
): Problem[] {
  if (renderFormat > currentRenderFormat) {
    return [
      problem(
        'SNAPSHOT_FORMAT',
        locate(['spec', 'renderFormat']),
        `${name} has render format ${renderFormat}; this version knows up to ${currentRenderFormat}`,
      ),
    ];
  }
  const label = object.metadata.labels?.[hashLabel];
  if (label === hash) return [];
  return [
    problem(
      'SNAPSHOT_CHANGED',
      locate(['metadata', 'labels', hashLabel]),
      `${name} says content hash ${JSON.stringify(label ?? '')}, but its content has ${hash}`,
    ),
  ];
}
