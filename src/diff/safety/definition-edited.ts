import { byText, groupBy } from '../../model/plain.ts';
import { pinKey } from '../from-plan.ts';
import type { DefinitionState, RevisionState } from '../state.ts';
import type { Observation, Transition } from './finding.ts';

/**
 * Definitions that change, with the revisions that take the change up. A revision pins what it was
 * cut with, so that an edit reaches only those that are new on this side, and often none.
 */
export function definitionEdited({ before, after }: Transition): Observation[] {
  const old = new Map(before.definitions.map((each) => [keyOf(each), each]));
  const known = new Set(before.revisions.map(({ application, hash }) => `${application} ${hash}`));
  const isNew = ({ application, hash }: RevisionState): boolean => !known.has(`${application} ${hash}`);
  return after.definitions.flatMap((definition): Observation[] => {
    const was = old.get(keyOf(definition));
    if (was === undefined || was.spec === definition.spec) return [];
    const key = pinKey(definition.kind, definition.name);
    const users = after.revisions.filter(({ pins }) => pins.has(key));
    const reached = users.filter((revision) => isNew(revision) && revision.pins.get(key) === definition.spec);
    const kept = users.filter((revision) => !reached.includes(revision));
    const { kind, namespace, name, origin } = definition;
    const message = `${kind} ${namespace}/${name} is edited and ${reachText(reached)}${keptText(kept, reached)}`;
    return [{ code: 'DEFINITION_EDITED', message, origin }];
  });
}

function reachText(reached: readonly RevisionState[]): string {
  return reached.length === 0
    ? 'reaches no revision'
    : `reaches ${reached
        .map(({ name }) => name)
        .toSorted(byText)
        .join(', ')}`;
}

/** The revisions that keep the old one, and the Applications that could be cut. */
function keptText(kept: readonly RevisionState[], reached: readonly RevisionState[]): string {
  if (kept.length === 0) return reached.length === 0 ? ': none uses it' : '';
  const names = kept.map(({ name }) => name);
  const shown = names.length > 5 ? [...names.slice(-5), `${names.length - 5} older`] : names;
  const renewed = new Set(reached.map(({ application }) => application));
  const open = [...groupBy(kept, ({ application }) => application).keys()].filter((name) => !renewed.has(name));
  const cut =
    open.length === 0 ? '' : `; \`appdeploy revisions cut\` takes it up for ${open.toSorted(byText).join(', ')}`;
  const keep = kept.length === 1 ? 'keeps what it was' : 'keep what they were';
  return `: ${shown.join(', ')} ${keep} cut with${cut}`;
}

function keyOf({ kind, namespace, name }: DefinitionState): string {
  return `${kind} ${namespace}/${name}`;
}
