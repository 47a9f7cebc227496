import { type Command, UsageError } from '../command.ts';
import { completionScripts, type Shell } from './scripts.ts';

const shells = Object.keys(completionScripts) as Shell[];

/** `appdeploy completion` */
export const completionCommand: Command = {
  name: 'completion',
  summary: 'print the completion script of a shell',
  usage: 'bash|zsh|fish',
  positionals: { min: 1, max: 1 },
  options: { help: { type: 'boolean', short: 'h', help: 'show this help' } },
  details:
    'Load it in the shell\u2019s start file:\n  bash   source <(appdeploy completion bash)\n  zsh    source <(appdeploy completion zsh)\n  fish   appdeploy completion fish | source',
  run: ([given], _values, context) => {
    const shell = shells.find((each) => each === given);
    if (shell === undefined)
      return Promise.reject(
        new UsageError(`there is no completion for ${given ?? ''}; there is for ${shells.join(', ')}`),
      );
    context.stdout(completionScripts[shell]);
    return Promise.resolve(0);
  },
};
