import type { Command } from '../command.ts';
import { listCommand } from './list.ts';
import { secretCommand } from './secret.ts';
import { syncCommand } from './sync.ts';

/** `appdeploy clusters` */
export const clustersCommand: Command = { ...listCommand, subcommands: [secretCommand, syncCommand] };
