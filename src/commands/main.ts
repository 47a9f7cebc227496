import { parseArgs } from 'node:util';
import { InputProblems } from '../findings.ts';
import { argocdCommand } from './argocd.ts';
import { checkCommand } from './check.ts';
import { clustersCommand } from './clusters/clusters.ts';
import { type Command, type Context, type ExitCode, type OptionValues, parseOptions, UsageError } from './command.ts';
import { completeCommand } from './completion/complete.ts';
import { completionCommand } from './completion/completion.ts';
import { diffCommand } from './diff.ts';
import { definitionsCommand } from './definitions/definitions.ts';
import { explainCommand } from './explain.ts';
import { generateCommand } from './generate.ts';
import { commandHelp, programHelp } from './help.ts';
import { initCommand } from './init.ts';
import { parametersCommand } from './parameters.ts';
import { placementsCommand } from './placements.ts';
import { printProblems } from './plan.ts';
import { reportingIn } from './problem-report.ts';
import { renderCommand } from './render.ts';
import { revisionsCommand } from './revisions/revisions.ts';
import { validateCommand } from './validate.ts';
import { whatIfCommand } from './what-if.ts';

const commands: readonly Command[] = [
  initCommand,
  renderCommand,
  checkCommand,
  diffCommand,
  whatIfCommand,
  explainCommand,
  validateCommand,
  generateCommand,
  revisionsCommand,
  placementsCommand,
  clustersCommand,
  definitionsCommand,
  argocdCommand,
  parametersCommand,
  completionCommand,
];

/** Called by other programs; help does not list them. */
const unlisted: readonly Command[] = [completeCommand(commands)];

/** argv (without node and script) → exit code. */
export async function main(argv: readonly string[], context: Context): Promise<ExitCode> {
  const [verb, ...rest] = argv;
  if (verb === '--version') {
    context.stdout(`${context.version}\n`);
    return 0;
  }
  if (verb === undefined || verb === '--help' || verb === '-h' || verb === 'help') {
    const [topic, ...words] = rest;
    if (verb === 'help' && topic !== undefined && helpOn(topic, words) === undefined)
      return usage(
        `there is no help on ${JSON.stringify(rest.join(' '))}; appdeploy --help lists the commands`,
        context,
      );
    context.stdout((topic === undefined ? undefined : helpOn(topic, words)) ?? programHelp(commands, context.version));
    return verb === undefined ? 2 : 0;
  }
  const command = [...commands, ...unlisted].find(({ name }) => name === verb);
  if (command === undefined)
    return usage(`unknown command ${JSON.stringify(verb)}; appdeploy --help lists them`, context);
  return runCommand(command, rest, context);
}

/** The help of a command, or of one below it; undefined where there is none. */
function helpOn(name: string, [below, ...more]: readonly string[]): string | undefined {
  const command = commands.find((each) => each.name === name);
  const found = command === undefined || below === undefined ? command : subcommandOf(command, below);
  return found === undefined || more.length > 0 ? undefined : commandHelp(found);
}

function subcommandOf({ name, subcommands = [] }: Command, word: string | undefined): Command | undefined {
  return subcommands.find((each) => each.name === `${name} ${word ?? ''}`);
}

async function runCommand(command: Command, argv: readonly string[], context: Context): Promise<ExitCode> {
  const below = subcommandOf(command, argv[0]);
  if (below !== undefined) return runCommand(below, argv.slice(1), context);
  try {
    const { values, positionals } = parse(command, argv);
    if (values['help'] === true) {
      context.stdout(commandHelp(command));
      return 0;
    }
    const reporting = reportingIn(values, context);
    const code = await reported(command.run(positionals, values, reporting.context), values, reporting.context);
    await reporting.finish();
    return code;
  } catch (error) {
    context.progress('');
    if (!(error instanceof UsageError)) throw error;
    return usage(`${error.message}\nappdeploy ${command.name} --help shows how it is used`, context);
  }
}

/** Problems that stopped the command are reported, and end it with 1. */
async function reported(run: Promise<ExitCode>, values: OptionValues, context: Context): Promise<ExitCode> {
  return run.catch((error: unknown) => {
    context.progress('');
    if (!(error instanceof InputProblems)) throw error;
    printProblems(error.problems, error, values, context);
    return 1;
  });
}

function parse(command: Command, argv: readonly string[]): { values: OptionValues; positionals: string[] } {
  const { min, max } = command.positionals;
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: parseOptions(command.options),
      allowPositionals: max > 0,
      strict: true,
    });
    if (values['help'] !== true && (positionals.length < min || positionals.length > max))
      throw new UsageError(
        positionals.length < min
          ? `${command.usage.split(' ')[0] ?? ''} is missing`
          : `unexpected argument ${JSON.stringify(positionals[max])}`,
      );
    return { values, positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function usage(message: string, { stderr }: Context): ExitCode {
  stderr(`appdeploy: ${message}\n`);
  return 2;
}
