import { qualifiedName } from '../../model/catalog.ts';
import { isRevisionOnly } from '../../load/annotations.ts';
import { byText } from '../../model/plain.ts';
import { resolveRepo } from '../../pipeline.ts';
import type { Command, Context } from '../command.ts';
import { knownClusters } from '../on-disk.ts';
import { repoHere } from '../plan.ts';
import { candidatesFor, type Offer } from './candidates.ts';

/** `appdeploy complete`, which completion scripts call; it is not listed. */
export function completeCommand(commands: readonly Command[]): Command {
  return {
    name: 'complete',
    summary: 'print what can come next, for completion scripts',
    usage: '-- WORD...',
    positionals: { min: 0, max: 1000 },
    options: {},
    details: 'A line for each word, with its meaning after a tab.',
    run: async (words, _values, context) => {
      const { words: found, offers } = candidatesFor(commands, words);
      const last = words.at(-1) ?? '';
      const named = offers === undefined ? [] : await namesOf(offers, context);
      const offered = named
        .filter((word) => word.startsWith(last))
        .map((word) => ({ word, meaning: meanings[offers ?? 'clusters'] }));
      context.stdout([...found, ...offered].map(({ word, meaning }) => `${word}\t${meaning}\n`).join(''));
      return 0;
    },
  };
}

const meanings: Readonly<Record<Offer, string>> = {
  clusters: 'cluster',
  revisions: 'revision',
  applications: 'Application',
  owners: 'AppDeployment or Application',
};

/** The names that the repo here has; none where it cannot be read. */
async function namesOf(offers: Offer, context: Context): Promise<string[]> {
  try {
    const { repo } = await repoHere({}, context);
    const { catalog, resolution } = await resolveRepo(repo, { version: context.version });
    const shortest = (each: { readonly namespace: string; readonly name: string }): string =>
      each.namespace === 'default' ? each.name : qualifiedName(each);
    const names = {
      clusters: () => knownClusters({ catalog }),
      revisions: () => resolution.revisions.map(({ name }) => name),
      applications: () => catalog.applications.map(shortest),
      owners: () =>
        [...catalog.appDeployments, ...catalog.applications.filter((each) => !isRevisionOnly(each))].map(shortest),
    };
    return [...new Set(names[offers]())].toSorted(byText);
  } catch {
    return [];
  }
}
