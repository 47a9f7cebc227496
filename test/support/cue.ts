import { stringify } from 'yaml';
import { plan, problemsOf } from './memory-plan.ts';
import { application, type ComponentInput } from './documents.ts';
import type { PlainObject } from '../../src/model/plain.ts';

/** A definition in CUE as KubeVela's users write it. */
export function cueDefinition(kind: 'ComponentDefinition' | 'TraitDefinition', name: string, template: string): string {
  const document = {
    apiVersion: 'core.oam.dev/v1beta1',
    kind,
    metadata: { name, namespace: 'vela-system' },
    spec: { schematic: { cue: { template } } },
  };
  return `---\n${stringify(document, { lineWidth: 0 })}`;
}

/** What a directly deployed component named `web` renders to, by kind. */
export async function rendered(
  component: Omit<ComponentInput, 'name'>,
  definitions: string,
): Promise<Record<string, PlainObject>> {
  const { manifests } = await plan(files(component, definitions));
  return Object.fromEntries(manifests.map(({ object }) => [object.kind, object as unknown as PlainObject]));
}

/** What is wrong with it: `CODE message`, and the source line that is blamed. */
export async function faults(
  component: Omit<ComponentInput, 'name'>,
  definitions: string,
): Promise<{ readonly says: string; readonly line: string }[]> {
  const sources = files(component, definitions);
  return (await problemsOf(sources)).map(({ code, message, origin }) => ({
    says: `${code} ${message}`,
    line: sources[origin.path]?.split('\n')[origin.line - 1]?.trim() ?? '',
  }));
}

function files(component: Omit<ComponentInput, 'name'>, definitions: string): Record<string, string> {
  return {
    'app.yaml': application('shop', [{ name: 'web', ...component }], { direct: true }),
    'definitions.yaml': definitions,
  };
}
