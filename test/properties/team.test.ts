import fc from 'fast-check';
import { test } from 'vitest';
import { type Step, Team } from '../support/team-model.ts';

const who = fc.constantFrom('ada' as const, 'bob' as const);
const image = fc.constantFrom('nginx:1', 'nginx:2', 'nginx:3', 'nginx:4');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), who, image }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('deploy' as const), who }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('save' as const), who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fetch' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('update' as const),
      who,
      how: fc.constantFrom('merge' as const, 'rebase' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('land' as const),
      who,
      how: fc.constantFrom('squash' as const, 'merge commit' as const, 'rebase' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('branch' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('revert' as const), who }) },
);

/** How many random histories are tried; more with TEAM_RUNS. */
const numRuns = Number(process.env['TEAM_RUNS'] ?? 3);

test('whatever two people do in two clones, a published number keeps its content, render is a fixed point, and nobody moves what the other deploys', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const team = await Team.open();
      for (const each of steps) await team.take(each);
    }),
    { numRuns, endOnFailure: true },
  );
}, 600_000);
