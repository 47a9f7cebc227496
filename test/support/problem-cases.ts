import type { ProblemCode } from '../../src/model/problem-codes.ts';
import { argocdCases } from './problem-cases-argocd.ts';
import { clusterCases } from './problem-cases-clusters.ts';
import { inputCases } from './problem-cases-input.ts';
import { outputCases } from './problem-cases-output.ts';
import type { ProblemCase } from './problem-fixtures.ts';

/** One case for each code. */
export const problemCases: Readonly<Record<ProblemCode, ProblemCase>> = {
  ...inputCases,
  ...outputCases,
  ...argocdCases,
  ...clusterCases,
};
