import type { Manifest } from '../model/manifest.ts';
import { originText } from '../model/origin.ts';
import { type FileTree, marker, outputFormat } from '../model/output.ts';
import { byText } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { outputPath } from './path.ts';
import { printYaml } from './printer.ts';

/** The file that names the output format. */
export const formatFile = '.appdeploy';

/** Manifests → output tree, sorted by path; an empty tree says nothing of itself. */
export function layOut(manifests: readonly Manifest[], output: string): Staged<FileTree> {
  const origins = new Map<string, Manifest>();
  const problems: Problem[] = [];
  for (const manifest of manifests) {
    const path = outputPath(manifest, output);
    const other = origins.get(path);
    if (other !== undefined)
      problems.push(
        problem(
          'PATH_COLLISION',
          manifest.origin,
          `${path} is also the path of what ${originText(other.origin)} gives`,
        ),
      );
    origins.set(path, manifest);
  }
  const texts = new WeakMap<object, string>();
  const textOf = (object: Manifest['object']): string => {
    const text = texts.get(object) ?? `${marker}\n${printYaml(object)}`;
    texts.set(object, text);
    return text;
  };
  const files = [...origins].map(([path, { object }]): [string, string] => [path, textOf(object)]);
  const about = files.length === 0 ? [] : aboutFiles(output);
  return { value: new Map([...about, ...files].toSorted(([a], [b]) => byText(a, b))), problems };
}

/** What the output folder says of itself, by path: its format, for appdeploy, and how it is made, for people. */
export function aboutFiles(output: string): [string, string][] {
  return [
    [`${output}/${formatFile}`, `${outputFormat}\n`],
    [`${output}/README.md`, readme],
  ];
}

const readme = `${marker}

\`appdeploy render\` writes this folder from the AppDeployments, Applications, Clusters and definitions of the repo,
and removes from it what they no longer ask for. Files without the first line of this one are never touched.

| path | what it holds |
| --- | --- |
| \`clusters/CLUSTER/NAMESPACE/NAME/\` | what an AppDeployment, or an Application of its own, runs on a cluster |
| \`clusters/CLUSTER/NAMESPACE/_shared/\` | what several of them share there |
| \`argocd/\` | the Argo CD Applications that deploy those folders, if the config names the repo |

\`appdeploy check\` says whether it is up to date, and changes nothing.
`;
