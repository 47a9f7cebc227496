import type { Catalog, Declaration, SourceFile } from '../model/catalog.ts';
import type { Application, Definition } from '../model/kinds.gen.ts';
import type { Manifest } from '../model/manifest.ts';
import { hostCluster } from '../model/placement.ts';
import type { PlainObject } from '../model/plain.ts';
import { type Staged } from '../model/problem.ts';
import { printYaml } from '../layout/printer.ts';
import { parse } from '../load/parse.ts';
import { validate } from '../load/validate.ts';
import { render, type TemplateSettings } from '../render/render.ts';
import { contentHash, presentContent } from '../resolve/content.ts';

/** An Application that uses one definition, to see what that gives. */
export interface TryOut {
  readonly definition: Definition;
  readonly properties: PlainObject;
  readonly namespace: string;
}

/** The Application of a try-out as text, which problems of its properties point into. */
export function tryOutSource({ definition, properties, namespace }: TryOut): SourceFile {
  const { kind, metadata } = definition;
  const use = { type: metadata.name, properties };
  const component =
    kind === 'TraitDefinition'
      ? { name: 'sample', type: 'webservice', properties: { image: 'sample' }, traits: [use] }
      : { name: 'sample', ...use };
  const text = printYaml({
    apiVersion: 'core.oam.dev/v1beta1',
    kind: 'Application',
    metadata: { name: 'sample', namespace },
    spec: { components: [component] },
  });
  return { path: `<${metadata.name} tried out>`, text };
}

/** Renders a try-out directly on the host cluster. */
export function renderTryOut(
  source: SourceFile,
  { definitions }: Pick<Catalog, 'definitions'>,
  templates: TemplateSettings,
): Staged<Manifest[]> {
  const validated = validate(parse([source]).value);
  const application = validated.value[0]?.declaration as Declaration<Application> | undefined;
  if (application === undefined) return { value: [], problems: validated.problems };
  const { value: content, problems } = presentContent(application, definitions);
  if (problems.length > 0) return { value: [], problems };
  const id = { namespace: application.namespace, name: application.name };
  const revision = {
    ...content,
    name: `${id.name}-v1`,
    number: 1,
    application: id,
    state: 'pending' as const,
    publishedOn: [],
    hash: contentHash(id, content),
    origin: application.origin,
    locate: application.locate,
  };
  const direct = [{ application, revision, cluster: { name: hostCluster, labels: {} } }];
  return render({ placed: [], direct, picks: [] }, templates);
}
