import type { Command, OptionSpec } from '../command.ts';

/** What can come next on the command line. */
export interface Candidates {
  /** Words, each with what it means; those that do not begin as the last word does are left out. */
  readonly words: readonly { readonly word: string; readonly meaning: string }[];
  /** Names of the repo that can stand here too. */
  readonly offers?: Offer;
}

/** Names that a repo has. */
export type Offer = NonNullable<OptionSpec['offers']>;

/** The commands and the words after `appdeploy`, the last of them unfinished (or empty) → what can stand in its place. */
export function candidatesFor(commands: readonly Command[], words: readonly string[]): Candidates {
  const last = words.at(-1) ?? '';
  const { command, rest } = descend(commands, words.slice(0, -1));
  if (command === undefined) {
    const verbs = commands.map(({ name, summary }) => ({ word: name, meaning: summary }));
    return { words: beginning(last, rest.length === 0 ? verbs : []) };
  }
  const open = openOption(command, words.at(-2));
  if (open !== undefined) return valuesOf(open, last);
  if (last.startsWith('-')) return { words: beginning(last, optionsOf(command)) };
  const below = rest.length > 0 ? [] : (command.subcommands ?? []).map(({ name, summary }) => subverb(name, summary));
  return { words: beginning(last, below), ...(command.offers === undefined ? {} : { offers: command.offers }) };
}

/** The innermost command that the words name, and the words after it. */
function descend(
  commands: readonly Command[],
  words: readonly string[],
): { readonly command: Command | undefined; readonly rest: readonly string[] } {
  let level = commands;
  let command: Command | undefined;
  let index = 0;
  for (; index < words.length; index++) {
    const next = level.find(({ name }) => name.split(' ').at(-1) === words[index]);
    if (next === undefined) break;
    command = next;
    level = next.subcommands ?? [];
  }
  return { command, rest: words.slice(index) };
}

function openOption({ options }: Command, word: string | undefined): OptionSpec | undefined {
  const spec = word?.startsWith('--') === true ? options[word.slice(2)] : undefined;
  return spec?.type === 'string' ? spec : undefined;
}

function valuesOf({ choices = [], offers, help }: OptionSpec, last: string): Candidates {
  const words = beginning(
    last,
    choices.map((word) => ({ word, meaning: help })),
  );
  return { words, ...(offers === undefined ? {} : { offers }) };
}

function optionsOf({ options }: Command): Candidates['words'] {
  return Object.entries(options).map(([name, { help }]) => ({ word: `--${name}`, meaning: help }));
}

function subverb(name: string, summary: string): Candidates['words'][number] {
  return { word: name.split(' ').at(-1) ?? '', meaning: summary };
}

function beginning(last: string, words: Candidates['words']): Candidates['words'] {
  return words.filter(({ word }) => word.startsWith(last));
}
