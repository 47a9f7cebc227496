import { writeChanges } from '../io/write.ts';
import { openRepo } from '../io/repo.ts';
import { readSource } from '../io/files.ts';
import { configFile } from '../load/settings.ts';
import { resolveRepo } from '../pipeline.ts';
import { attributesText, configText, firstAppDeployment, firstApplication } from './init-files.ts';
import type { Command } from './command.ts';
import { commonOptions } from './command.ts';
import { rootOf } from './plan.ts';
import { namedRoot } from '../io/root.ts';

const attributesFile = '.gitattributes';

/** `appdeploy init` */
export const initCommand: Command = {
  name: 'init',
  summary: 'make a folder a config repo: appdeploy.yaml, .gitattributes, a first AppDeployment',
  usage: '',
  positionals: { min: 0, max: 0 },
  options: { ...commonOptions },
  details: 'Never overwrites: what is there stays, and only what is missing is added.',
  run: async (_args, values, context) => {
    const root = values['root'] === undefined ? await namedRoot(context.cwd) : await rootOf(values, context);
    const { catalog } = await resolveRepo(openRepo(root), { version: context.version });
    const files = new Map<string, string>();
    if ((await readSource(root.folder, configFile)) === undefined) files.set(configFile, configText);
    const attributes = (await readSource(root.folder, attributesFile))?.text ?? '';
    if (!attributes.includes(attributesText))
      files.set(
        attributesFile,
        attributes === '' ? attributesText : `${attributes.replace(/\n?$/, '\n')}${attributesText}`,
      );
    if (catalog.applications.length === 0 && catalog.appDeployments.length === 0) {
      files.set('apps/hello.yaml', firstApplication);
      files.set('apps/hello-appdeployment.yaml', firstAppDeployment);
    }
    await writeChanges(root.folder, { files, removals: [] }, context.processId);
    if (values['quiet'] === true) return 0;
    for (const path of files.keys()) context.stdout(`wrote ${path}\n`);
    context.stdout(files.size === 0 ? 'nothing to add\n' : 'next: appdeploy render\n');
    return 0;
  },
};
