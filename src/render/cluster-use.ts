import Handlebars from 'handlebars';
import type { Definition } from '../model/kinds.gen.ts';
import type { Revision } from '../model/revision.ts';
import { memoise } from '../model/plain.ts';
import { cueTemplateOf } from './cue/evaluate.ts';

/** The definitions of a component and of its traits. */
export function usedDefinitions(
  { definitions }: Pick<Revision, 'definitions'>,
  { type, traits = [] }: Revision['spec']['components'][number],
): Definition[] {
  const pinned = [definitions.components.get(type), ...traits.map((trait) => definitions.traits.get(trait.type))];
  return pinned.flatMap((each) => (each === undefined ? [] : [each.object]));
}

/** Whether a definition's template asks for the version of its cluster's Kubernetes. */
export function readsClusterVersion({ spec }: Definition): boolean {
  return (spec.schematic?.handlebars?.template ?? cueTemplateOf(spec)?.text ?? '').includes('clusterVersion');
}

/**
 * Whether what a definition gives can differ between clusters: its template reads
 * `context.cluster` or `context.clusterVersion`, or hands on the whole context. Where the answer is
 * not certain it is yes. The other schematics read no more of the context than names.
 */
export function readsCluster({ spec }: Definition): boolean {
  const { handlebars } = spec.schematic ?? {};
  if (handlebars !== undefined) return handlebarsReadsCluster(handlebars.template);
  const cue = cueTemplateOf(spec);
  return cue !== undefined && cueReadsCluster(cue.text);
}

const cueReadsCluster = memoise(
  (text: string) => /cluster/i.test(text) || /\bcontext\b(?!\.\w|\["\w+"\])/.test(text),
  (text) => text,
);

const handlebarsReadsCluster = memoise(
  (text: string) => {
    try {
      const seen = new ClusterReader();
      seen.accept(Handlebars.parse(text));
      return seen.found;
    } catch {
      // It gives nothing anywhere but its problem.
      return true;
    }
  },
  (text) => text,
);

/** Looks for paths of a template that lead to the cluster, or to something that holds it. */
class ClusterReader extends Handlebars.Visitor {
  found = false;
  /** Whether a block around has a `this` of its own. */
  private isRebound = false;

  override PathExpression({ parts, depth, data }: hbs.AST.PathExpression): void {
    const names: readonly unknown[] = parts;
    const isWhole = names.at(-1) === 'context' || (data && names.length === 1 && names[0] === 'root');
    // `this` is the whole input where no block around has made it something else; how far `..` leads is open.
    const isInput = names.length === 0 && !data && (depth > 0 || !this.isRebound);
    if (isWhole || isInput || names.some((name) => /cluster/i.test(String(name)))) this.found = true;
  }

  override StringLiteral({ value }: hbs.AST.StringLiteral): void {
    if (/cluster/i.test(value)) this.found = true;
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const { original } = block.path as { readonly original?: unknown };
    const outside = this.isRebound;
    this.acceptKey(block, 'path');
    this.acceptArray(block.params);
    this.acceptKey(block, 'hash');
    this.isRebound ||= original === 'each' || original === 'with';
    this.acceptKey(block, 'program');
    this.isRebound = outside;
    this.acceptKey(block, 'inverse');
  }
}
