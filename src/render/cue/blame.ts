import type { FieldPath } from '../../model/origin.ts';
import type { PlainObject } from '../../model/plain.ts';
import { mayBeSecret } from '../../model/sensitive.ts';
import type { Problem } from '../../model/problem.ts';
import type { ProblemCode } from '../../model/problem-codes.ts';
import { templateLine, type Use, wrongDefinition, wrongProperty } from '../use.ts';
import type { CueAnswer, CueEngine } from './engine.ts';
import type { PreparedTemplate } from './prepare.ts';
import { parameterProgram } from './program.ts';

/** What failed, and what it takes to find out why. */
export interface FailedRun {
  readonly use: Use;
  readonly context: PlainObject;
  readonly engine: CueEngine;
  readonly template: PreparedTemplate;
  readonly field: FieldPath;
}

/** The problem behind a failed evaluation: a property where it is one, else a line of the template. */
export function blame(answer: Exclude<CueAnswer, { kind: 'value' }>, run: FailedRun): Problem[] {
  const { use, template, field, engine } = run;
  if (answer.kind === 'stopped')
    return [wrongDefinition('TEMPLATE_FAILED', templateLine(use.definition, field, undefined), answer.message, use)];
  const found = readError(answer.message);
  const property =
    found.path[0] === 'parameter' ? found : parameterError(engine.evaluate(parameterProgram(template, use.properties)));
  if (property !== undefined) return [propertyProblem(property, use)];
  const line = lineOf(found.path, template);
  const code = found.path.length === 0 ? 'INVALID_DEFINITION' : 'TEMPLATE_FAILED';
  const where = found.path.length === 0 ? '' : `${found.path.join('.')}: `;
  return [wrongDefinition(code, templateLine(use.definition, field, line), `${where}${found.message}`, use)];
}

/** CUE's first error: a path, and what is wrong there. */
interface CueError {
  readonly path: readonly string[];
  readonly message: string;
}

/** `_tpl.parameter.env.0.name: conflicting values …`, or a bare message when the source does not parse. */
function readError(text: string): CueError {
  const plain = text.replace(/^cue: marshal error: /, '');
  const match = /^((?:[\w#$-]+|"[^"]*")(?:\.(?:[\w#$-]+|"[^"]*"))*): (.*)$/s.exec(plain);
  if (match?.[1] === undefined || match[2] === undefined) return { path: [], message: plain };
  const path = [...match[1].matchAll(/"([^"]*)"|[^.]+/g)].map((part) => part[1] ?? part[0]);
  return { path: path[0] === '_tpl' ? path.slice(1) : path, message: match[2] };
}

/** A mistake of the properties by themselves; a declaration that needs the rest of the template says nothing. */
function parameterError(answer: CueAnswer): CueError | undefined {
  if (answer.kind !== 'error') return undefined;
  const found = readError(answer.message);
  return found.path[0] === 'parameter' && !found.message.startsWith('reference') ? found : undefined;
}

function propertyProblem({ path, message }: CueError, use: Use): Problem {
  const field = path.slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const name = field.join('.') || 'parameter';
  const code = codeOf(message);
  const text = code === 'MISSING_FIELD' ? `${name} is missing` : `${name}: ${withoutSecrets(field, message)}`;
  return wrongProperty({ code, field, at: 'value', message: text }, use);
}

function codeOf(message: string): ProblemCode {
  if (message.includes('incomplete value')) return 'MISSING_FIELD';
  return message.includes('mismatched types') ? 'WRONG_TYPE' : 'INVALID_VALUE';
}

/** CUE's messages hold values; those of fields that may be credentials are left out. */
function withoutSecrets(field: FieldPath, message: string): string {
  if (!mayBeSecret(field)) return message;
  return message.includes('mismatched types')
    ? `it has the wrong type ${/\(mismatched types .*\)/.exec(message)?.[0] ?? ''}`
    : 'it is not allowed';
}

/** The line of the deepest label on the way to a path. */
function lineOf(path: readonly string[], { lines }: PreparedTemplate): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lines.get(path.slice(0, length).join('.'));
    if (line !== undefined) return line;
  }
  return undefined;
}
