import Handlebars from 'handlebars';
import { dig, isPlainObject } from '../model/plain.ts';
import { spend, startBudget } from './template-budget.ts';
import { TemplateError } from './template-error.ts';

/** A compiled template: parameters and context in, text out. Throws TemplateError. */
export type Template = (input: Readonly<Record<string, unknown>>) => string;

/**
 * Compiles a template so that no parameter can break out of its place: `{{x}}` writes x as JSON,
 * which is YAML. Raw output (`{{{x}}}`), partials, decorators and prototypes are refused; a value
 * that is missing is an error where it is written.
 */
export function compileTemplate(source: string): Template {
  const program = attempt(() => Handlebars.parse(source));
  new JsonWriter().accept(program);
  const run = attempt(() => engine.compile(program, { noEscape: true, knownHelpersOnly: true, knownHelpers }));
  return (input) =>
    attempt(() => {
      startBudget();
      return run(input, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false });
    });
}

const writer = 'json';
const blockHelpers = new Set(['if', 'unless', 'each', 'with']);

/** Rewrites every `{{expression}}` to a call that writes its value as JSON, and refuses the rest. */
class JsonWriter extends Handlebars.Visitor {
  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    super.MustacheStatement(mustache);
    if (!mustache.escaped)
      throw new TemplateError('raw output ({{{…}}} or {{&…}}) is not allowed', mustache.loc.start.line);
    const { path, params, hash, loc } = mustache;
    const isCall = params.length > 0 || hash?.pairs.length > 0;
    const value = isCall ? { type: 'SubExpression', path, params, hash, loc } : path;
    const text: hbs.AST.StringLiteral = { type: 'StringLiteral', value: nameOf(path), original: nameOf(path), loc };
    const line = { type: 'NumberLiteral', value: loc.start.line, original: loc.start.line, loc };
    mustache.path = {
      type: 'PathExpression',
      data: false,
      depth: 0,
      parts: [writer],
      original: writer,
      loc,
    } as hbs.AST.PathExpression;
    mustache.params = [value, text, line];
  }
  override BlockStatement(block: hbs.AST.BlockStatement): void {
    super.BlockStatement(block);
    // Any other helper would write its result as it is: raw output by another name.
    if (blockHelpers.has(nameOf(block.path))) return;
    throw new TemplateError(`blocks are if, unless, each and with; found ${nameOf(block.path)}`, block.loc.start.line);
  }
  override PartialStatement({ loc }: hbs.AST.PartialStatement): void {
    throw new TemplateError('partials ({{> …}}) are not allowed', loc.start.line);
  }
  override PartialBlockStatement({ loc }: hbs.AST.PartialBlockStatement): void {
    throw new TemplateError('partials ({{#> …}}) are not allowed', loc.start.line);
  }
  override Decorator({ loc }: hbs.AST.Decorator): void {
    throw new TemplateError('decorators ({{* …}}) are not allowed', loc.start.line);
  }
  override DecoratorBlock({ loc }: hbs.AST.DecoratorBlock): void {
    throw new TemplateError('decorators ({{#* …}}) are not allowed', loc.start.line);
  }
}

function nameOf(path: unknown): string {
  const original = (path as { original?: unknown }).original;
  return typeof original === 'string' || typeof original === 'number' ? String(original) : 'expression';
}

/** Helpers get Handlebars' options last; these look at the values before it. */
const helpers: Readonly<Record<string, (...values: unknown[]) => unknown>> = {
  [writer]: (value, name, line) => {
    if (value === undefined) throw new TemplateError(`${String(name)} has no value`, Number(line), 'use');
    return spend(JSON.stringify(value));
  },
  fail: (...values) => {
    const parts = values.slice(0, -1).map((value) => scalarText(value, 'fail'));
    throw new TemplateError(parts.join(''), undefined, 'use');
  },
  concat: (...values) =>
    spend(
      values
        .slice(0, -1)
        .map((value) => scalarText(value, 'concat'))
        .join(''),
    ),
  eq: (a, b) => a === b,
  not: (a) => !truthy(a),
  and: (...values) => values.slice(0, -1).every(truthy),
  or: (...values) => values.slice(0, -1).some(truthy),
  default: (...values) => (values.length === 3 ? (values[0] ?? values[1]) : noValue('default')),
  number: (text) => toNumber(scalarText(text, 'number')),
  values: (mapping) => (isPlainObject(mapping) ? spend(Object.values(mapping)) : noValue('values')),
  unique: (...values) => unique(values[0], values.length === 3 ? values[1] : undefined),
  list: (...values) => values.slice(0, -1),
  includes: (list, value) => listOf(list, 'includes').includes(value),
  filter: (list, key, ...rest) => {
    const accept = rest.length === 2 ? (value: unknown) => value === rest[0] : (value: unknown) => value !== undefined;
    return listOf(list, 'filter').filter((element) => accept(dig(element, scalarText(key, 'filter'))));
  },
};

/** Without repeated elements; with a key, without elements whose field repeats that of an earlier one. */
function unique(list: unknown, key: unknown): unknown[] {
  const elements: readonly unknown[] = Array.isArray(list) ? list : noValue('unique');
  spend(elements);
  if (key === undefined) return [...new Set(elements)];
  const name = scalarText(key, 'unique');
  const seen = new Set<unknown>();
  return elements.filter((element) => {
    const field = dig(element, name);
    return seen.size < seen.add(field).size;
  });
}

/** A list that a helper looks through; nothing counts as an empty one. */
function listOf(list: unknown, helper: string): readonly unknown[] {
  return Array.isArray(list) ? spend(list) : list === undefined ? [] : noValue(helper);
}

/** A helper's argument is missing or of the wrong type. */
function noValue(helper: string): never {
  throw new TemplateError(`an argument of ${helper} has no value`, undefined, 'use');
}

function scalarText(value: unknown, helper: string): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? `${value}`
    : noValue(helper);
}

function toNumber(text: string): number {
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : noValue('number');
}

/** As `{{#if}}` sees it. */
function truthy(value: unknown): boolean {
  return !Handlebars.Utils.isEmpty(value) && value !== 0;
}

const engine = Handlebars.create();
engine.registerHelper(helpers);
engine.registerHelper('each', countedEach(engine.helpers['each'] as Handlebars.HelperDelegate));
for (const name of ['log', 'helperMissing', 'blockHelperMissing']) engine.unregisterHelper(name);

const knownHelpers = {
  ...Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
  log: false,
  blockHelperMissing: false,
};

/** Handlebars' own each, whose every round costs. */
function countedEach(each: Handlebars.HelperDelegate): Handlebars.HelperDelegate {
  return function counted(this: unknown, list: unknown, options: Handlebars.HelperOptions): unknown {
    const fn: Handlebars.TemplateDelegate = (element, about) => spend(options.fn(element, about));
    return each.call(this, list, { ...options, fn }) as unknown;
  };
}

/** Gives every failure of Handlebars one type. */
function attempt<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    const { message, lineNumber } = error as { message: string; lineNumber?: number };
    throw new TemplateError(readable(message), lineNumber ?? (Number(/line (\d+)/.exec(message)?.[1]) || undefined));
  }
}

function readable(message: string): string {
  if (message.includes('call stack')) return 'it is nested too deeply';
  const missing = /^"?(\S+?)"? not defined in/.exec(message)?.[1];
  if (message.includes("reading 'call'")) return 'a block calls a helper that does not exist';
  return missing === undefined ? (message.split('\n').at(-1) ?? message) : `${missing} has no value`;
}
