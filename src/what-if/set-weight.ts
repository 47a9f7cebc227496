import type { Declaration, SourceFile } from '../model/catalog.ts';
import type { AppDeployment, HttpRule } from '../model/kinds.gen.ts';
import { originText } from '../model/origin.ts';
import { divide } from '../place/divide.ts';
import { numberEdit, type TextEdit } from './text-edit.ts';

/** The weights that revisions are to have. */
export type Weights = ReadonlyMap<string, number>;

/** The edits that give revisions their weights, or why there are none. */
export type WeightEdits = { readonly edits: readonly TextEdit[] } | { readonly wrong: string };

/**
 * Sets weights in every rule with several targets that routes to all the revisions that are named. The other
 * targets share what is left of 100 in the proportion of their weights.
 */
export function weightEdits(
  { name, object, locate }: Declaration<AppDeployment>,
  weights: Weights,
  file: SourceFile,
): WeightEdits {
  const rules = object.spec.traffic?.http ?? [];
  const meant = [...rules.entries()].filter(([, rule]) => isMeant(rule, weights));
  if (meant.length === 0) return { wrong: noRule(name, rules, weights) };
  const edits: TextEdit[] = [];
  for (const [index, { weightedTargets }] of meant) {
    const doubled = [...weights.keys()].find(
      (revision) => weightedTargets.filter(({ revisionName }) => revisionName === revision).length > 1,
    );
    if (doubled !== undefined)
      return { wrong: `a rule of ${name} routes to several components or ports of ${doubled}` };
    const wanted = wantedWeights(weightedTargets, weights);
    for (const [position, { weight }] of weightedTargets.entries()) {
      const value = wanted[position] ?? 0;
      const origin = locate(['spec', 'traffic', 'http', index, 'weightedTargets', position, 'weight']);
      const edit = weight === value ? undefined : numberEdit(file, origin, value);
      if (edit !== undefined) edits.push(edit);
      else if (weight !== value) return { wrong: `the weight at ${originText(origin)} is no plain number to edit` };
    }
  }
  return { edits };
}

function isMeant({ weightedTargets }: HttpRule, weights: Weights): boolean {
  const routed = weightedTargets.map(({ revisionName }) => revisionName);
  return routed.length > 1 && [...weights.keys()].every((revision) => routed.includes(revision));
}

function wantedWeights(targets: HttpRule['weightedTargets'], weights: Weights): number[] {
  const given = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const others = targets.flatMap(({ revisionName, weight = 0 }, index) =>
    weights.has(revisionName) ? [] : [{ name: String(index), weight }],
  );
  const shares = divide(Math.max(0, 100 - given), others);
  return targets.map(({ revisionName }, index) => weights.get(revisionName) ?? shares.get(String(index)) ?? 0);
}

function noRule(name: string, rules: readonly HttpRule[], weights: Weights): string {
  const listed = rules.map(({ weightedTargets }) => weightedTargets.map(({ revisionName }) => revisionName).join(', '));
  const known = listed.length === 0 ? 'it has no traffic' : `its rules route to ${listed.join('; ')}`;
  return `no rule of ${name} splits traffic among ${[...weights.keys()].join(', ')}: ${known}`;
}
