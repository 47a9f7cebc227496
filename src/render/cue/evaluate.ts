import type { DefinitionSpec } from '../../model/kinds.gen.ts';
import { dig, digList, digObject, isPlainObject, type PlainObject } from '../../model/plain.ts';
import type { Problem, Staged } from '../../model/problem.ts';
import { isAsWritten } from '../context.ts';
import { templateLine, type Use, wrongDefinition } from '../use.ts';
import type { Override, Written } from '../written.ts';
import { untag, withoutTags } from './answer.ts';
import { blame } from './blame.ts';
import type { CueEngine } from './engine.ts';
import { openListConstraints, overrideConstraints } from './constraints.ts';
import { UnterminatedString } from './lexer.ts';
import { neededContext } from './needed-context.ts';
import { type PreparedTemplate, prepareTemplate } from './prepare.ts';
import { type ProgramInput, templateProgram, UnsupportedImport } from './program.ts';
import { sortedJson } from './sorted-json.ts';
import { tagPrefix } from './tags.ts';

/** A CUE template, and where it stands in its definition. */
export interface CueTemplate {
  readonly text: string;
  readonly field: readonly string[];
}

const places = [
  ['schematic', 'cue', 'template'],
  // KubeVela's old place.
  ['extension', 'template'],
];

/** The CUE template of a definition; undefined when it has none. */
export function cueTemplateOf(spec: DefinitionSpec): CueTemplate | undefined {
  return places.flatMap((place): CueTemplate[] => {
    const text = dig(spec, ...place);
    return typeof text === 'string' ? [{ text, field: ['spec', ...place] }] : [];
  })[0];
}

/** Evaluates a CUE template as KubeVela does. */
export function evaluateCue(use: Use, context: PlainObject, engine: CueEngine): Staged<Written | undefined> {
  const { text = '', field = [] } = cueTemplateOf(use.definition.object.spec) ?? {};
  const refuse = (message: string, line?: number): Staged<undefined> => ({
    value: undefined,
    problems: [wrongDefinition('INVALID_DEFINITION', templateLine(use.definition, field, line), message, use)],
  });
  try {
    const template = prepareTemplate(text);
    const http = template.lines.get('processing.http');
    if (http !== undefined) return refuse('processing.http calls a URL, which a renderer does not', http);
    const workload = digObject(context, 'output');
    return evaluateTemplate({ use, context: neededContext(context, text), workload, engine, template, field });
  } catch (error) {
    if (!(error instanceof UnsupportedImport) && !(error instanceof UnterminatedString)) throw error;
    return refuse(error.message);
  }
}

/** One template put to use. */
interface Run {
  readonly use: Use;
  readonly context: PlainObject;
  /** What a trait patches; empty for a component. */
  readonly workload: PlainObject;
  readonly engine: CueEngine;
  readonly template: PreparedTemplate;
  readonly field: readonly string[];
}

function evaluateTemplate(run: Run): Staged<Written | undefined> {
  const { use, engine, template } = run;
  const program = (more?: string): string => templateProgram(template, inputOf(run, more));
  const first = engine.evaluate(program());
  if (first.kind !== 'value') return { value: undefined, problems: blame(first, run) };
  const value = parseJson(first.json);
  const constraints = openListConstraints(value, run.workload, template.body);
  const opened = constraints === '' ? undefined : engine.evaluate(program(constraints));
  const written = opened?.kind === 'value' ? parseJson(opened.json) : value;
  const inexact = inexactNumber(first.json);
  const problems: Problem[] =
    inexact === undefined
      ? []
      : [
          wrongDefinition(
            'TEMPLATE_FAILED',
            templateLine(use.definition, run.field, undefined),
            `the number ${inexact} cannot be represented exactly; make it a string`,
            use,
          ),
        ];
  return { value: { ...writtenOf(written), override: (values) => override(run, values) }, problems };
}

/** The output once more, with values that a trait wants in place of defaults. */
function override(run: Run, values: readonly Override[]): PlainObject | undefined {
  const answer = run.engine.evaluate(templateProgram(run.template, inputOf(run, overrideConstraints(values))));
  if (answer.kind !== 'value') return undefined;
  return withoutTags(digObject(parseJson(answer.json), 'output')) as PlainObject;
}

/** What goes into the program, its keys in the order of the revision's render format. */
function inputOf({ use, context }: Run, constraints?: string): ProgramInput {
  const json = isAsWritten(use.renderFormat) ? JSON.stringify : sortedJson;
  return { parameter: json(use.properties), context: json(context), constraints };
}

function writtenOf(value: PlainObject): Written {
  const { patch, extra } = splitPatch(digObject(value, 'patch'));
  const { value: plain, rules, whole } = untag(patch, digObject(value, `${tagPrefix}patch`));
  const patchOutputs = { ...digObject(value, 'patchOutputs'), ...extra };
  const untagged = (resource: string): PlainObject => digObject(patchOutputs, resource);
  return {
    output: withoutTags(digObject(value, 'output')) as PlainObject,
    outputs: withoutTags(digObject(value, 'outputs')) as PlainObject,
    patch: Object.keys(plain).length === 0 ? undefined : plain,
    patchFormat: whole === 'jsonPatch' || whole === 'jsonMergePatch' ? whole : 'unify',
    patchRules: rules,
    patchOutputs: withoutTags(patchOutputs) as PlainObject,
    outputRules: (resource) => untag(untagged(resource), digObject(patchOutputs, `${tagPrefix}${resource}`)).rules,
    errs: digList(value, 'errs').filter((err) => typeof err === 'string'),
  };
}

/** KubeVela 1.1 patches other outputs by `patch: context: outputs: <name>`. */
function splitPatch(patch: PlainObject): { readonly patch: PlainObject; readonly extra: PlainObject } {
  const { context, ...rest } = patch;
  if (!isPlainObject(context)) return { patch, extra: {} };
  return { patch: { ...rest, ...digObject(context, 'output') }, extra: digObject(context, 'outputs') };
}

function parseJson(json: string): PlainObject {
  const value: unknown = JSON.parse(json);
  return isPlainObject(value) ? value : {};
}

/** A whole number beyond 2^53, which JavaScript would round. */
function inexactNumber(json: string): string | undefined {
  const outside = json.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  return outside.match(/-?\d{16,}(?![\d.eE])/g)?.find((digits) => !Number.isSafeInteger(Number(digits)));
}
