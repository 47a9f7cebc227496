import { dig, digObject, digText, type PlainObject } from '../model/plain.ts';
import type { Staged } from '../model/problem.ts';
import { type Use, wrongDefinition } from './use.ts';
import { type Written, writtenBy } from './written.ts';

/**
 * Evaluates `schematic.terraform`: a Configuration of terraform-controller. The properties are its
 * variables, but for writeConnectionSecretToRef, providerRef and deleteResource, which are its own.
 */
export function evaluateTerraform(use: Use, context: PlainObject): Staged<Written | undefined> {
  const terraform: PlainObject = { ...use.definition.object.spec.schematic?.terraform };
  const configuration = digText(terraform, '', 'configuration');
  if (configuration === '') {
    const message = 'schematic.terraform needs configuration';
    const origin = use.definition.locate(['spec', 'schematic', 'terraform']);
    return { value: undefined, problems: [wrongDefinition('INVALID_DEFINITION', origin, message, use)] };
  }
  const {
    writeConnectionSecretToRef,
    providerRef = terraform['providerRef'],
    deleteResource,
    ...variables
  } = use.properties;
  const type = digText(terraform, 'hcl', 'type');
  const spec = {
    ...sourceOf(type, configuration, terraform),
    ...optional({ providerRef, deleteResource: deleteResource ?? terraform['deleteResource'] }),
    ...(Object.keys(variables).length === 0 ? {} : { variable: variables }),
    ...optional({ writeConnectionSecretToRef: withNamespace(writeConnectionSecretToRef, context) }),
  };
  const output = {
    apiVersion: 'terraform.core.oam.dev/v1beta1',
    kind: 'Configuration',
    metadata: { name: context['name'] },
    spec,
  };
  return { value: writtenBy({ output }, {}), problems: [] };
}

/** The text itself as HCL or JSON; or, of type remote, the Git repo that it names. */
function sourceOf(type: string, configuration: string, terraform: object): PlainObject {
  if (type === 'remote')
    return { remote: configuration, ...optional({ path: dig(terraform, 'path'), gitRef: dig(terraform, 'gitRef') }) };
  return type === 'json' ? { JSON: configuration } : { hcl: configuration };
}

function withNamespace(reference: unknown, context: PlainObject): unknown {
  if (reference === undefined) return undefined;
  return { namespace: context['namespace'], ...digObject({ reference }, 'reference') };
}

function optional(fields: PlainObject): PlainObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
