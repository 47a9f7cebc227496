import type { Command } from '../command.ts';
import { listCommand } from './list.ts';
import { secretCommand } from './secret.ts';

/** `appdeploy clusters` */
export const clustersCommand: Command = { ...listCommand, subcommands: [secretCommand] };
