import { type Catalog, type Declaration, type ObjectName, qualifiedName, type SourceFile } from '../model/catalog.ts';
import type { Application, Definition } from '../model/kinds.gen.ts';
import type { PastContent } from '../model/revision.ts';
import { parse } from '../load/parse.ts';
import { validate, type Validated } from '../load/validate.ts';
import { presentContent, sameSpec } from './content.ts';

/** One commit of the mainline: the files that it changed; a text of undefined means removed. */
export interface HistoryStep {
  readonly commit: string;
  readonly changes: readonly { readonly path: string; readonly text: string | undefined }[];
}

/**
 * Finds the states that Applications went through, oldest first: a new one where the spec differs
 * from the one before, with the definitions as they stood at that commit. States that do not
 * validate, or that use an unknown definition, made no revision.
 *
 * @param shipped the built-in definitions
 */
export function derive(
  steps: readonly HistoryStep[],
  wanted: readonly ObjectName[],
  shipped: Catalog['definitions'],
): PastContent[] {
  const files = new Map<string, readonly Validated[]>();
  const last = new Map<string, PastContent>();
  const found: PastContent[] = [];
  for (const { commit, changes } of steps) {
    const touched = changes.map(({ path, text }) =>
      replaceFile(files, path, text === undefined ? undefined : { path, text, commit }),
    );
    if (!touched.includes(true)) continue;
    const state = [...files.values()].flat();
    for (const past of statesAt(commit, state, wanted, shipped)) {
      const key = qualifiedName(past.application);
      const before = last.get(key);
      if (before !== undefined && sameSpec(before.content, past.content)) continue;
      last.set(key, past);
      found.push(past);
    }
  }
  return found;
}

/** Takes a file's new text into the state; says whether it holds or held documents of ours. */
function replaceFile(files: Map<string, readonly Validated[]>, path: string, file: SourceFile | undefined): boolean {
  const before = files.get(path);
  const parsed = file === undefined ? undefined : parse([file]);
  if (parsed !== undefined && parsed.problems.length > 0) return false;
  const now =
    parsed === undefined ? [] : validate(parsed.value).value.filter(({ kind }) => kind !== 'ApplicationRevision');
  if (now.length > 0) files.set(path, now);
  else files.delete(path);
  return now.length > 0 || before !== undefined;
}

function statesAt(
  commit: string,
  state: readonly Validated[],
  wanted: readonly ObjectName[],
  shipped: Catalog['definitions'],
): PastContent[] {
  const declared = state
    .filter(({ kind }) => kind.endsWith('Definition'))
    .map(({ declaration }) => declaration as Declaration<Definition>);
  return wanted.flatMap(({ namespace, name }) => {
    const match = state.find(
      ({ kind, declaration }) =>
        kind === 'Application' && declaration.namespace === namespace && declaration.name === name,
    );
    if (match === undefined) return [];
    const application = match.declaration as Declaration<Application>;
    const { value: content, problems } = presentContent(application, [...declared, ...shipped]);
    if (problems.length > 0) return [];
    return [
      { application: { namespace, name }, content, commit, origin: application.origin, locate: application.locate },
    ];
  });
}
