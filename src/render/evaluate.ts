import { parseDocument } from 'yaml';
import type { FieldPath, Locate, Origin } from '../model/origin.ts';
import { isPlainObject, type PlainObject } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import type { PinnedDefinition } from '../model/revision.ts';
import { ParameterSchemaError, readParameters } from './parameters.ts';
import { compileTemplate, type Template, TemplateError } from './template.ts';

/** A definition put to use: the properties it gets, and where they stand. */
export interface Use {
  readonly definition: PinnedDefinition;
  readonly properties: PlainObject;
  /** The field of `properties`; its last part is `properties` itself. */
  readonly field: FieldPath;
  readonly locate: Locate;
}

const templateField = ['spec', 'schematic', 'handlebars', 'template'];
const templates = new WeakMap<object, Template>();

/** Evaluates a definition's template; the result is what it wrote, read as YAML. Never throws. */
export function evaluate(use: Use, context: PlainObject): Staged<PlainObject> {
  const { definition, properties, field, locate } = use;
  const schematic = definition.object.spec.schematic?.handlebars;
  if (schematic === undefined) return { value: {}, problems: [unsupported(definition)] };
  try {
    const { value: parameter, findings } = readParameters(schematic.parameter, properties);
    if (findings.length > 0)
      return {
        value: {},
        problems: findings.map(({ code, field: inner, at, message, hint }) =>
          problem(
            code,
            locate([...field, ...inner], at),
            `${message} (${definition.object.metadata.name}\u2019s properties)`,
            hint === undefined ? {} : { hint },
          ),
        ),
      };
    const template = templates.get(schematic) ?? compileTemplate(schematic.template);
    templates.set(schematic, template);
    return readOutput(template({ parameter, context }), use);
  } catch (error) {
    if (error instanceof TemplateError || error instanceof ParameterSchemaError)
      return { value: {}, problems: [broken(error, use)] };
    throw error;
  }
}

function unsupported({ object, origin }: PinnedDefinition): Problem {
  const found = Object.keys(object.spec.schematic ?? {}).join(', ') || 'none';
  return problem(
    'UNSUPPORTED_SCHEMATIC',
    origin,
    `${object.kind} ${object.metadata.name} has schematic ${found}; expected handlebars`,
  );
}

function broken(error: TemplateError | ParameterSchemaError, { definition, field, locate }: Use): Problem {
  const name = `${definition.object.kind} ${definition.object.metadata.name}`;
  const related = [{ origin: locate(field.slice(0, -1)), message: 'used here' }];
  if (error instanceof ParameterSchemaError) {
    return problem(
      'INVALID_DEFINITION',
      definition.locate(['spec', 'schematic', 'handlebars', 'parameter'], 'key'),
      `${name}: ${error.message}`,
      { related },
    );
  }
  const origin = templateLine(definition, error.line);
  return problem(
    error.message.endsWith('has no value') ? 'TEMPLATE_FAILED' : 'INVALID_DEFINITION',
    origin,
    `${name}: ${error.message}`,
    { related },
  );
}

/** A line of a template that stands as a block scalar, which begins on the line after its key. */
function templateLine(definition: PinnedDefinition, line: number | undefined): Origin {
  const origin = definition.locate(templateField);
  return line === undefined ? origin : { ...origin, line: origin.line + line, column: 1 };
}

/** The output is parsed at once, and only objects go on. */
function readOutput(text: string, { definition, field, locate }: Use): Staged<PlainObject> {
  const fail = (message: string): Staged<PlainObject> => {
    const related = [{ origin: locate(field.slice(0, -1)), message: 'used here' }];
    return {
      value: {},
      problems: [
        problem(
          'TEMPLATE_FAILED',
          definition.locate(templateField, 'key'),
          `${definition.object.kind} ${definition.object.metadata.name}: ${message}`,
          { related },
        ),
      ],
    };
  };
  const document = parseDocument(text, { stringKeys: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) return fail(`the template wrote invalid YAML: ${error.message.split('\n')[0] ?? ''}`);
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (!isPlainObject(value)) return fail('the template wrote no mapping with output, outputs or patch');
  const stray = Object.keys(value).find((key) => !['output', 'outputs', 'patch'].includes(key));
  return stray === undefined
    ? { value, problems: [] }
    : fail(`the template wrote ${stray}; expected output, outputs or patch`);
}
