import { parseDocument } from 'yaml';
import { InputProblems } from '../../findings.ts';
import { printYaml } from '../../layout/printer.ts';
import { isPlainObject, type PlainObject } from '../../model/plain.ts';
import { loadRepo } from '../../pipeline.ts';
import { renderTryOut, tryOutSource } from '../../definitions/try-out.ts';
import { type Command, commonOptions, textOption, UsageError } from '../command.ts';
import { repoHere } from '../plan.ts';
import { chosenDefinition } from './choose.ts';

/** `appdeploy definitions render` */
export const renderCommand: Command = {
  name: 'definitions render',
  summary: 'try a component type or trait out, and print what it gives',
  usage: 'NAME [--set PATH=VALUE]...',
  positionals: { min: 1, max: 1 },
  options: {
    set: {
      type: 'string',
      multiple: true,
      value: 'PATH=VALUE',
      help: 'a property, such as image=nginx or env.0.name=A; the value is YAML',
    },
    namespace: { type: 'string', short: 'n', value: 'NAME', help: 'the definition\u2019s namespace' },
    ...commonOptions,
  },
  details: 'Deploys a component named sample directly; a trait is put on a webservice. Writes nothing.',
  run: async ([name = ''], values, context) => {
    const { repo } = await repoHere(values, context);
    const { catalog, templates } = await loadRepo(repo, context);
    const { object: definition, namespace } = chosenDefinition(catalog, name, textOption(values, 'namespace'));
    const properties = propertiesOf((values['set'] as string[] | undefined) ?? []);
    const source = tryOutSource({ definition, properties, namespace });
    const { value: manifests, problems } = renderTryOut(source, catalog, templates);
    if (problems.length > 0) throw new InputProblems(problems, [source, ...(await repo.builtins())]);
    context.stdout(manifests.map(({ object }) => `---\n${printYaml(object)}`).join(''));
    return 0;
  },
};

/** `image=nginx`, `ports.0.port=80` → properties. @throws UsageError when one cannot be read */
function propertiesOf(settings: readonly string[]): PlainObject {
  const properties: PlainObject = {};
  for (const setting of settings) {
    const at = setting.indexOf('=');
    if (at < 1) throw new UsageError(`--set ${setting} is not PATH=VALUE`);
    const document = parseDocument(setting.slice(at + 1), { logLevel: 'silent' });
    if (document.errors.length > 0) throw new UsageError(`the value of --set ${setting.slice(0, at)} is not YAML`);
    put(properties, setting.slice(0, at).split('.'), document.toJS());
  }
  return properties;
}

function put(target: unknown, [part = '', ...rest]: readonly string[], value: unknown): void {
  const holder = target as Record<string, unknown>;
  if (rest.length > 0 && !Object.hasOwn(holder, part)) define(holder, part, /^\d+$/.test(rest[0] ?? '') ? [] : {});
  if (rest.length === 0) return define(holder, part, value);
  const next = holder[part];
  if (!isPlainObject(next) && !Array.isArray(next)) throw new UsageError(`--set goes below ${part}, which is a value`);
  put(next, rest, value);
}

function define(holder: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}
