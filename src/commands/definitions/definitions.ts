import type { Command } from '../command.ts';
import { importCommand } from './import.ts';
import { listCommand } from './list.ts';
import { renderCommand } from './render.ts';
import { showCommand } from './show.ts';

/** `appdeploy definitions` */
export const definitionsCommand: Command = {
  ...listCommand,
  subcommands: [showCommand, renderCommand, importCommand],
};
