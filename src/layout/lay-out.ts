import type { Manifest } from '../model/manifest.ts';
import { originText } from '../model/origin.ts';
import { type FileTree, marker, outputFormat } from '../model/output.ts';
import { byText } from '../model/plain.ts';
import { type Problem, problem, type Staged } from '../model/problem.ts';
import { manifestPath } from './path.ts';
import { printYaml } from './printer.ts';

/** The file that names the output format. */
export const formatFile = '.appdeploy';

/** Manifests → output tree, sorted by path; an empty tree has no format file. */
export function layOut(manifests: readonly Manifest[], output: string): Staged<FileTree> {
  const origins = new Map<string, Manifest>();
  const problems: Problem[] = [];
  for (const manifest of manifests) {
    const path = `${output}/${manifestPath(manifest)}`;
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
  const files = [...origins].map(([path, { object }]): [string, string] => [path, `${marker}\n${printYaml(object)}`]);
  const format = files.length === 0 ? [] : formatFileOf(output);
  return { value: new Map([...format, ...files].toSorted(([a], [b]) => byText(a, b))), problems };
}

/** The file that names the output format, with its path. */
export function formatFileOf(output: string): [string, string][] {
  return [[`${output}/${formatFile}`, `${outputFormat}\n`]];
}
