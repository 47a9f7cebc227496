import { relative, resolve } from 'node:path';
import { listYaml } from '../../io/files.ts';
import type { Catalog, Declaration, SourceFile } from '../../model/catalog.ts';
import type { Definition } from '../../model/kinds.gen.ts';
import { loadRepo } from '../../pipeline.ts';
import { parse } from '../../load/parse.ts';
import { validate } from '../../load/validate.ts';
import { parameterSchema, schematicOf } from '../../definitions/schema.ts';
import { sampleProperties } from '../../definitions/sample.ts';
import { renderTryOut, tryOutSource } from '../../definitions/try-out.ts';
import type { TemplateSettings } from '../../render/render.ts';
import { tableText } from '../../report/table.ts';
import { type Command, commonOptions, type Context, jsonOption, UsageError } from '../command.ts';
import { repoHere } from '../plan.ts';

/** One definition of the folder, and whether it renders here. */
interface Verdict {
  readonly name: string;
  readonly kind: string;
  readonly schematic: string;
  /** `unknown`: the made-up properties were refused, so that the template was not tried. */
  readonly renders: 'yes' | 'no' | 'unknown';
  readonly why: string;
}

/** `appdeploy definitions import` */
export const importCommand: Command = {
  name: 'definitions import',
  summary: 'check a folder of KubeVela definitions: whether each renders here, and if not, why',
  usage: 'FILE|DIR',
  positionals: { min: 1, max: 1 },
  options: { ...jsonOption, ...commonOptions },
  details:
    'Each is tried out with made-up values for its required properties. Writes nothing: to use the\ndefinitions, copy the files into the repo. Exits with 1 when one does not render; unknown means that\nthe made-up values were refused.',
  run: async ([path = ''], values, context) => {
    const files = await read(path, context);
    const { repo } = await repoHere(values, context);
    const { catalog, templates } = await loadRepo(repo, context);
    const parsed = parse(files);
    const { value: documents, problems } = validate(parsed.value);
    const definitions = documents
      .filter(({ kind }) => kind.endsWith('Definition'))
      .map(({ declaration }) => declaration as Declaration<Definition>);
    const broken = [...parsed.problems, ...problems].map(({ origin, message }): Verdict => ({
      name: `${origin.path}:${origin.line}`,
      kind: '-',
      schematic: '-',
      renders: 'no',
      why: message,
    }));
    const all = { definitions: [...definitions, ...catalog.definitions] };
    const verdicts = [...definitions.map((definition) => judge(definition, all, templates)), ...broken];
    if (verdicts.length === 0) throw new UsageError(`there is no definition in ${path}`);
    const cells = verdicts.map(({ name, kind, schematic, renders, why }) => [name, kind, schematic, renders, why]);
    const table = tableText(['NAME', 'KIND', 'SCHEMATIC', 'RENDERS', 'WHY NOT'], cells);
    context.stdout(values['json'] === true ? `${JSON.stringify(verdicts, null, 2)}\n` : table);
    return verdicts.some(({ renders }) => renders === 'no') ? 1 : 0;
  },
};

async function read(path: string, { cwd }: Context): Promise<SourceFile[]> {
  const found = await listYaml(resolve(cwd, path)).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`cannot read ${path}: ${error.code ?? error.message}`);
  });
  return found.map((file) => ({ ...file, path: relative(cwd, file.path).replaceAll('\\', '/') }));
}

function judge(
  { object, name, namespace }: Declaration<Definition>,
  catalog: Pick<Catalog, 'definitions'>,
  templates: TemplateSettings,
): Verdict {
  const base = { name, kind: object.kind, schematic: schematicOf(object) };
  const schema = parameterSchema(object, templates.cue);
  const properties = 'schema' in schema ? sampleProperties(schema.schema) : {};
  const source = tryOutSource({ definition: object, properties, namespace });
  const [first] = renderTryOut(source, catalog, templates).problems;
  if (first === undefined) return { ...base, renders: 'yes', why: '' };
  return { ...base, renders: first.origin.path === source.path ? 'unknown' : 'no', why: first.message };
}
