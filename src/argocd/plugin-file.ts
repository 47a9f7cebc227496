import { printYaml } from '../layout/printer.ts';
import { announcement, pluginParameters } from './parameters.ts';

const header = `# Made from the parameter list in the code by \`npm run generate\`; do not edit.
#
# Applications use the plugin by its name (source.plugin.name: appdeploy). With discovery instead, the repo server
# sends every source twice, once to ask and once to generate:
#   spec:
#     discover:
#       fileName: "./appdeploy.yaml"
`;

/** The text of plugin.yaml: Argo CD's ConfigManagementPlugin of appdeploy. */
export function pluginFile(): string {
  const plugin = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ConfigManagementPlugin',
    metadata: { name: 'appdeploy' },
    spec: {
      generate: { command: ['appdeploy', 'generate'] },
      parameters: {
        static: pluginParameters.map(announcement),
        dynamic: { command: ['appdeploy', 'parameters'] },
      },
    },
  };
  return header + printYaml(plugin);
}
