import { diffReport } from '../diff/report.ts';
import { stateOfPlan } from '../diff/from-plan.ts';
import { InputProblems } from '../findings.ts';
import { planRepo } from '../pipeline.ts';
import type { Plan } from '../plan.ts';
import { changedRepo } from '../what-if/changed-repo.ts';
import { undeployed } from '../report/undeployed.ts';
import { type Command, commonOptions, type Context, type OptionValues, stagedOption } from './command.ts';
import { showReport } from './diff.ts';
import { diffOptions, knownScope, readWish } from './diff-options.ts';
import { planHere, printProblems, type RootedPlan } from './plan.ts';
import { readThought, type Thought, thoughtOptions } from './what-if-options.ts';

const { rendered: _comparesCommits, ...reportOptions } = diffOptions;

/** `appdeploy what-if` */
export const whatIfCommand: Command = {
  name: 'what-if',
  summary: 'show what a change would do that nobody has made yet',
  usage:
    '--drain CLUSTER | --add-cluster FILE | --remove-cluster NAME | --set-weight APPDEPLOYMENT=REVISION:WEIGHT,...',
  positionals: { min: 0, max: 0 },
  options: { ...thoughtOptions, ...reportOptions, ...stagedOption, ...commonOptions },
  details: `Plans the repo twice, as it is and as it would be, and reports the difference as diff does.
Writes nothing. The changes can be combined, and each may be given several times.

A drained cluster is still there, but no placement may use it: selectors pass over it, a recorded
pick of it is picked anew, and a placement that names it is left out (of in-cluster, also one
without a selector, and direct Applications). What it routes to then must run elsewhere.
A removed Cluster is gone from the repo; a placement that still names it is a problem.
--set-weight changes every rule that routes to all the revisions that it names; the rule's other
targets share what is left in the proportion of their weights.`,
  run: async (_args, values, context) => {
    const wish = readWish(values);
    const here = await planHere(values, context);
    const thought = await readThought(values, here, context);
    const after = await planChanged(here, thought, values, context);
    const base = {
      label: { name: values['staged'] === true ? 'staged' : 'working tree' },
      state: stateOfPlan(here.plan),
    };
    const head = { label: { name: `what if: ${thought.text}` }, state: stateOfPlan(after) };
    const report = diffReport(base, head, {
      scope: knownScope(wish.scope, [base.state, head.state]),
      minCapacity: wish.minCapacity,
      maxBlastRadius: wish.maxBlastRadius,
      undeployed: undeployed(after),
    });
    return showReport('what-if', report, wish, values, context);
  },
};

/** The second plan; its problems that the first one does not have are reported. */
async function planChanged(
  { repo, plan }: RootedPlan,
  { changes, drained }: Thought,
  values: OptionValues,
  context: Context,
): Promise<Plan> {
  const { version, progress } = context;
  try {
    const after = await planRepo(changedRepo(repo, plan, changes), { version, progress, drained });
    progress('');
    const known = new Set(plan.problems.map(({ code, message }) => `${code} ${message}`));
    const news = after.problems.filter(({ code, message }) => !known.has(`${code} ${message}`));
    printProblems(news, after, values, context);
    return after;
  } catch (error) {
    progress('');
    if (error instanceof InputProblems) context.stderr('With this change the repo cannot be rendered:\n');
    throw error;
  }
}
