import type { PlainObject } from '../model/plain.ts';
import { problem, type Staged } from '../model/problem.ts';
import type { CueEngine } from './cue/engine.ts';
import { cueTemplateOf, evaluateCue } from './cue/evaluate.ts';
import { evaluateHandlebars } from './handlebars.ts';
import { evaluateHelm } from './helm.ts';
import { evaluateKube } from './kube.ts';
import { evaluateTerraform } from './terraform.ts';
import type { Use } from './use.ts';
import type { Written } from './written.ts';

/** Evaluates a definition by its schematic; undefined with problems where it gives nothing. Never throws. */
export function evaluate(use: Use, context: PlainObject, cue: CueEngine): Staged<Written | undefined> {
  const { object, origin } = use.definition;
  const schematic = object.spec.schematic ?? {};
  if (schematic.handlebars !== undefined) return evaluateHandlebars(use, context);
  if (cueTemplateOf(object.spec) !== undefined) return evaluateCue(use, context, cue);
  if (schematic.kube !== undefined) return evaluateKube(use);
  if (schematic.helm !== undefined) return evaluateHelm(use, context);
  if (schematic.terraform !== undefined) return evaluateTerraform(use, context);
  const message = `${object.kind} ${object.metadata.name} has no schematic; expected cue, handlebars, kube, helm or terraform`;
  return { value: undefined, problems: [problem('UNSUPPORTED_SCHEMATIC', origin, message)] };
}
