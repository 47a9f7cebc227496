import { memoise, type PlainObject } from '../model/plain.ts';
import type { Problem, Staged } from '../model/problem.ts';
import { ParameterSchemaError, readParameters } from './parameters.ts';
import { TemplateError } from './template-error.ts';
import { compileTemplate } from './template.ts';
import { templateLine, type Use, wrongDefinition, wrongProperty } from './use.ts';
import { readTemplateText, type Written, writtenBy } from './written.ts';

const schematicField = ['spec', 'schematic', 'handlebars'];
const templateField = [...schematicField, 'template'];
const templateOf = memoise(compileTemplate, (source) => source);

/** Evaluates `schematic.handlebars`: a template that writes YAML. */
export function evaluateHandlebars(use: Use, context: PlainObject): Staged<Written | undefined> {
  const schematic = use.definition.object.spec.schematic?.handlebars ?? { template: '' };
  const fail = (problems: readonly Problem[]): Staged<undefined> => ({ value: undefined, problems });
  try {
    const { value: parameter, findings } = readParameters(schematic.parameter, use.properties);
    if (findings.length > 0) return fail(findings.map((finding) => wrongProperty(finding, use)));
    const read = readTemplateText(templateOf(schematic.template)({ parameter, context }));
    if ('value' in read) return { value: writtenBy(read.value, schematic), problems: [] };
    return fail([wrongDefinition('TEMPLATE_FAILED', use.definition.locate(templateField, 'key'), read.wrong, use)]);
  } catch (error) {
    if (!(error instanceof TemplateError) && !(error instanceof ParameterSchemaError)) throw error;
    return fail([broken(error, use)]);
  }
}

function broken(error: TemplateError | ParameterSchemaError, use: Use): Problem {
  if (error instanceof ParameterSchemaError) {
    const origin = use.definition.locate([...schematicField, 'parameter'], 'key');
    return wrongDefinition('INVALID_DEFINITION', origin, error.message, use);
  }
  const origin = templateLine(use.definition, templateField, error.line === undefined ? undefined : error.line - 1);
  const code = error.fault === 'use' ? 'TEMPLATE_FAILED' : 'INVALID_DEFINITION';
  return wrongDefinition(code, origin, error.message, use);
}
