import type { Command } from '../command.ts';
import { cutCommand } from './cut.ts';
import { diffCommand } from './diff.ts';
import { importCommand } from './import.ts';
import { listCommand } from './list.ts';
import { pruneCommand } from './prune.ts';
import { repairCommand } from './repair.ts';
import { restoreCommand } from './restore.ts';
import { showCommand } from './show.ts';

/** `appdeploy revisions` */
export const revisionsCommand: Command = {
  ...listCommand,
  subcommands: [showCommand, diffCommand, cutCommand, repairCommand, restoreCommand, pruneCommand, importCommand],
};
