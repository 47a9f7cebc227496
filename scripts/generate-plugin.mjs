// Writes plugin.yaml, Argo CD's ConfigManagementPlugin, from the parameter list in the built code.
import { writeFileSync } from 'node:fs';
import { pluginFile } from '../dist/argocd/plugin-file.js';

writeFileSync(new URL('../plugin.yaml', import.meta.url), pluginFile());
