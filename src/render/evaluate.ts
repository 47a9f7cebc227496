import type { FieldPath, Locate, Origin } from '../model/origin.ts';
import { memoise, type PlainObject } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import type { PinnedDefinition } from '../model/revision.ts';
import { ParameterSchemaError, readParameters } from './parameters.ts';
import type { SchemaFinding } from '../schema/findings.ts';
import { compileTemplate, TemplateError } from './template.ts';
import { readWritten } from './written.ts';

/** A definition put to use: the properties it gets, and where they stand. */
export interface Use {
  readonly definition: PinnedDefinition;
  readonly properties: PlainObject;
  /** The field of `properties`; its last part is `properties` itself. */
  readonly field: FieldPath;
  readonly locate: Locate;
}

const templateField = ['spec', 'schematic', 'handlebars', 'template'];
const templateOf = memoise(compileTemplate, (source) => source);

/** Evaluates a definition's template; the result is what it wrote, read as YAML. Never throws. */
export function evaluate(use: Use, context: PlainObject): Staged<PlainObject> {
  const schematic = use.definition.object.spec.schematic?.handlebars;
  if (schematic === undefined) return { value: {}, problems: [unsupported(use.definition)] };
  try {
    const { value: parameter, findings } = readParameters(schematic.parameter, use.properties);
    if (findings.length > 0) return { value: {}, problems: findings.map((finding) => wrongProperty(finding, use)) };
    const written = readWritten(templateOf(schematic.template)({ parameter, context }));
    return 'wrong' in written ? { value: {}, problems: [unusable(written.wrong, use)] } : { ...written, problems: [] };
  } catch (error) {
    if (!(error instanceof TemplateError) && !(error instanceof ParameterSchemaError)) throw error;
    return { value: {}, problems: [broken(error, use)] };
  }
}

function wrongProperty({ code, field, at, message, hint }: SchemaFinding, use: Use): Problem {
  const text = `${message} (${use.definition.object.metadata.name}\u2019s properties)`;
  return problem(code, use.locate([...use.field, ...field], at), text, hint === undefined ? {} : { hint });
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

function unusable(message: string, { definition, field, locate }: Use): Problem {
  const { kind, metadata } = definition.object;
  const related = [{ origin: locate(field.slice(0, -1)), message: 'used here' }];
  return problem('TEMPLATE_FAILED', definition.locate(templateField, 'key'), `${kind} ${metadata.name}: ${message}`, {
    related,
  });
}
