import type { Command, OptionSpec } from './command.ts';

/** The help of the program. */
export function programHelp(commands: readonly Command[], version: string): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const verbs = commands.map(({ name, summary }) => `  ${name.padEnd(width)}   ${summary}\n`).join('');
  return `appdeploy ${version}: AppDeployments of a Git repo become the manifests of every cluster

Usage: appdeploy COMMAND [options]

Commands:
${verbs}
Options:
  -h, --help      show help; appdeploy COMMAND --help shows a command\u2019s
      --version   print the version

Exit codes: 0 done or in sync; 1 problems in the input, or differences found;
2 wrong usage or environment, or a bug of appdeploy.
`;
}

/** The help of one command. */
export function commandHelp({ name, usage, summary, options, details, subcommands = [] }: Command): string {
  const labels = Object.entries(options).map(([option, spec]) => [optionLabel(option, spec), spec.help] as const);
  const width = Math.max(...labels.map(([label]) => label.length));
  const lines = labels.map(([label, help]) => `  ${label.padEnd(width)}   ${help}\n`).join('');
  return `appdeploy ${name}: ${summary}\n\nUsage: ${['appdeploy', name, usage].filter(Boolean).join(' ')} [options]\n\n${details}\n\n${subcommandHelp(subcommands)}Options:\n${lines}`;
}

function subcommandHelp(subcommands: readonly Command[]): string {
  const calls = subcommands.map(
    ({ name, usage, summary }) => [`appdeploy ${name} ${usage}`.trimEnd(), summary] as const,
  );
  const width = Math.max(0, ...calls.map(([call]) => call.length));
  const lines = calls.map(([call, summary]) => `  ${call.padEnd(width)}   ${summary}\n`);
  return lines.length === 0 ? '' : `Commands:\n${lines.join('')}\n`;
}

function optionLabel(option: string, { short, value }: OptionSpec): string {
  return `${short === undefined ? '    ' : `-${short}, `}--${option}${value === undefined ? '' : ` ${value}`}`;
}
