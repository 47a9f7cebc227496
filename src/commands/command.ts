import type { ParseArgsConfig } from 'node:util';
import type { Problem } from '../model/problem.ts';
import type { Style } from '../report/style.ts';

/** 0: done or in sync. 1: problems in the input, or differences found. 2: wrong usage or environment, or our own bug. */
export type ExitCode = 0 | 1 | 2;

/** An option as it is parsed and as help shows it. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  readonly value?: string;
  /** All values that it can have. */
  readonly choices?: readonly string[];
  /** Names of the repo that completion offers as its value. */
  readonly offers?: 'clusters' | 'revisions' | 'applications' | 'owners';
  readonly help: string;
}

/** Parsed options: strings, lists of them, or booleans. */
export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** What a command gets from the outside world. */
export interface Context {
  readonly cwd: string;
  readonly processId: number;
  readonly version: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly out: Style;
  readonly err: Style;
  readonly progress: (stage: string) => void;
  /** Where problems go that are written at the end; without it they are written as text at once. */
  readonly collect?: (problems: readonly Problem[]) => void;
  /** Environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Which streams are a terminal. */
  readonly terminal: { readonly stdin: boolean; readonly stdout: boolean };
  /** All of standard input, as UTF-8. */
  readonly readStdin: () => Promise<string>;
  /** Aborts when the process is asked to end (SIGTERM, SIGINT); from this call on, the command ends itself. */
  readonly untilStopped: () => AbortSignal;
}

/** One verb. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** The arguments after the verb, as help shows them. */
  readonly usage: string;
  /** How many positional arguments there may be. */
  readonly positionals: { readonly min: number; readonly max: number };
  /** Names of the repo that completion offers as arguments. */
  readonly offers?: NonNullable<OptionSpec['offers']>;
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly details: string;
  /** Verbs below this one; their names begin with its name. */
  readonly subcommands?: readonly Command[];
  readonly run: (args: readonly string[], values: OptionValues, context: Context) => Promise<ExitCode>;
}

/** Options of every verb. */
export const commonOptions = {
  root: {
    type: 'string',
    value: 'DIR',
    help: 'root of the config repo (default: nearest appdeploy.yaml, else Git top, else here)',
  },
  mainline: {
    type: 'string',
    value: 'BRANCH',
    help: 'branch whose snapshots are published (default: CI\u2019s target branch, else the config\u2019s, else main or master)',
  },
  problems: {
    type: 'string',
    value: 'FORMAT',
    choices: ['text', 'json', 'github', 'sarif'],
    help: 'how problems are written: text (default), json, github or sarif',
  },
  quiet: { type: 'boolean', short: 'q', help: 'print errors only' },
  verbose: { type: 'boolean', short: 'v', help: 'print more' },
  help: { type: 'boolean', short: 'h', help: 'show this help' },
} as const satisfies Record<string, OptionSpec>;

/** Options of the verbs that compare with the output folder. */
export const outputOptions = {
  output: { type: 'string', value: 'DIR', help: 'output folder (default: the config\u2019s, else rendered)' },
  'allow-empty': { type: 'boolean', help: 'accept that nothing is left to render' },
  replace: { type: 'boolean', help: 'pick the clusters of all selectors anew, whatever is recorded' },
} as const satisfies Record<string, OptionSpec>;

/** The option of verbs that can work on what the next commit will have. */
export const stagedOption = {
  staged: { type: 'boolean', help: 'read what is staged, not the files on disk: what the next commit will have' },
} as const satisfies Record<string, OptionSpec>;

/** The option of verbs that list things. */
export const jsonOption = { json: { type: 'boolean', help: 'print JSON' } } as const satisfies Record<
  string,
  OptionSpec
>;

/** The call does not fit the command line; ends with exit code 2. */
export class UsageError extends Error {}

/** The form that node:util parseArgs takes. */
export function parseOptions(options: Command['options']): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    Object.entries(options).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short === undefined ? {} : { short }), ...(multiple === undefined ? {} : { multiple }) },
    ]),
  );
}

/** The value of an option that takes one string. */
export function textOption(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
