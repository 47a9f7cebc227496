import type { PlainObject } from '../../model/plain.ts';
import type { CueImport } from './header.ts';
import type { PreparedTemplate } from './prepare.ts';
import { tagPrefix } from './tags.ts';

/** An import that cannot be served without a network or a cluster. */
export class UnsupportedImport extends Error {}

/** What goes into a program besides the template. */
export interface ProgramInput {
  /** JSON. */
  readonly parameter: string;
  /** JSON. */
  readonly context: string;
  /** CUE text of more conditions on the template's fields. */
  readonly constraints?: string | undefined;
}

const projected = ['output', 'outputs', 'patch', 'patchOutputs'];

/**
 * The program whose value is what a template gives: output, outputs, patch, patchOutputs and errs,
 * each empty where the template says nothing.
 *
 * @throws UnsupportedImport
 */
export function templateProgram(
  template: PreparedTemplate,
  { parameter, context, constraints = '' }: ProgramInput,
): string {
  const { body } = template;
  const shapes = projected.map((field) => `${field}: {...}`);
  const fields = projected.map((field) => `${field}: _tpl.${field}`);
  const patchTag = JSON.stringify(`${tagPrefix}patch`);
  return [
    ...importLines(template.imports),
    '_tpl: {',
    ...kubeLines(template.imports, body),
    body,
    ...shapes,
    `${patchTag}: {...}`,
    'errs: [...string]',
    `parameter: ${parameter}`,
    `context: ${context}`,
    constraints,
    '}',
    ...fields,
    `${patchTag}: _tpl[${patchTag}]`,
    'errs: _tpl.errs',
    '',
  ].join('\n');
}

/** The program that holds properties against what a template says of them alone. */
export function parameterProgram(template: PreparedTemplate, parameter: PlainObject): string {
  const { parameterDeclarations } = template;
  const used = parameterImports(template);
  return [
    ...importLines(used),
    ...kubeLines(used, parameterDeclarations),
    parameterDeclarations,
    `parameter: ${JSON.stringify(parameter)}`,
    '',
  ].join('\n');
}

/** The program whose definitions describe what properties a template takes; `#parameter` is the whole. */
export function parameterSchemaProgram(template: PreparedTemplate): string {
  const declarations = template.parameterDeclarations;
  return [...importLines(parameterImports(template)), declarations.replace(/^parameter\s*:/gm, '#parameter:'), ''].join(
    '\n',
  );
}

/** The imports that the declarations of the parameter use; an unused one is an error. */
function parameterImports({ imports, parameterDeclarations }: PreparedTemplate): CueImport[] {
  return imports.filter(({ name }) => new RegExp(`\\b${literally(name)}\\.`).test(parameterDeclarations));
}

/** A name as a pattern that matches it alone. */
function literally(name: string): string {
  return name.replaceAll(/\W/g, '\\$&');
}

function importLines(imports: readonly CueImport[]): string[] {
  const refused = imports.find(({ path }) => /^(vela|cue\.oam\.dev|op)(\/|$)/.test(path) || path.includes('tool/'));
  if (refused !== undefined)
    throw new UnsupportedImport(`it imports ${JSON.stringify(refused.path)}, which needs a cluster or a network`);
  return imports
    .filter(({ path }) => !path.startsWith('kube/'))
    .map(({ path, name }) => `import ${name} ${JSON.stringify(path.replace(/:.*$/, ''))}`);
}

/** KubeVela serves `kube/<group>/<version>` from the cluster's OpenAPI; here each kind is known by name alone. */
function kubeLines(imports: readonly CueImport[], body: string): string[] {
  return imports
    .filter(({ path }) => path.startsWith('kube/'))
    .map(({ path, name }) => {
      const apiVersion = path.replace(/^kube\//, '').replace(/^core\//, '');
      const kinds = new Set(
        [...body.matchAll(new RegExp(`\\b${literally(name)}\\.(#[A-Za-z]\\w*)`, 'g'))].map((match) => match[1] ?? ''),
      );
      const definitions = [...kinds].map(
        (kind) => `${kind}: {apiVersion: ${JSON.stringify(apiVersion)}, kind: ${JSON.stringify(kind.slice(1))}, ...}`,
      );
      return `let ${name} = {${definitions.join(', ')}}`;
    });
}
