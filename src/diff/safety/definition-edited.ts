import { byText, groupBy } from '../../model/plain.ts';
import { pinKey } from '../from-plan.ts';
import { systemNamespace } from '../../resolve/definitions.ts';
import type { DefinitionState, FleetState, RevisionState } from '../state.ts';
import type { Observation, Transition } from './finding.ts';

/**
 * Definitions that change, with the revisions that take the change up. A revision pins what it was
 * cut with, so that an edit reaches only those that are new on this side, and often none.
 */
export function definitionEdited({ before, after }: Transition): Observation[] {
  const [old, now] = [before, after].map(({ definitions }) => new Map(definitions.map((each) => [keyOf(each), each])));
  const known = new Set(before.revisions.map(({ application, hash }) => `${application} ${hash}`));
  const isNew = ({ application, hash }: RevisionState): boolean => !known.has(`${application} ${hash}`);
  return [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].flatMap((key): Observation[] => {
    const [was, is] = [old?.get(key), now?.get(key)];
    const definition = is ?? was;
    if (definition === undefined || was?.spec === is?.spec) return [];
    const pin = pinKey(definition.kind, definition.name);
    const users = after.revisions.filter(
      ({ pins, application }) => pins.has(pin) && applies(definition, application, after),
    );
    if (users.length === 0 && (was === undefined || is === undefined)) return [];
    const reached = users.filter((revision) => isNew(revision) && revision.pins.get(pin) === is?.spec);
    const kept = users.filter((revision) => !reached.includes(revision));
    const event = was === undefined ? 'added' : is === undefined ? 'removed' : 'edited';
    const message = `${key} is ${event} and ${reachText(reached)}${keptText(kept, reached)}`;
    return [{ code: 'DEFINITION_EDITED', message, origin: definition.origin }];
  });
}

/** As in KubeVela: the Application's namespace first, then the system's. */
function applies(
  { kind, namespace, name }: DefinitionState,
  application: string,
  { definitions }: FleetState,
): boolean {
  const own = application.slice(0, application.indexOf('/'));
  if (namespace === own) return true;
  const hasOwn = definitions.some((each) => each.kind === kind && each.name === name && each.namespace === own);
  return namespace === systemNamespace && !hasOwn;
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
