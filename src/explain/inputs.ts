import { parameterSchema } from '../definitions/schema.ts';
import type { Catalog } from '../model/catalog.ts';
import { type FieldPath, fieldText } from '../model/origin.ts';
import { dig, digObject, isPlainObject, type PlainObject } from '../model/plain.ts';
import { type PinnedDefinition, revisionName } from '../model/revision.ts';
import type { TemplateSettings } from '../render/render.ts';
import type { Cause } from './explanation.ts';
import { leavesOf } from './field-path.ts';
import { type Scene, withSpec } from './scene.ts';
import { variantsOf } from './variants.ts';

/** A place in the input, and the scene with other values there. */
export interface Input {
  readonly cause: Cause;
  readonly variants: readonly Scene[];
}

/** Every place that the objects of a component may depend on, besides the definitions' texts. */
export function inputsOf(
  scene: Scene,
  index: number,
  { clusters }: Pick<Catalog, 'clusters'>,
  templates: TemplateSettings,
): Input[] {
  const component = scene.revision.spec.components[index];
  if (component === undefined) return [];
  const at: FieldPath = ['spec', 'components', index];
  const { components, traits } = scene.revision.definitions;
  const used = (definition: PinnedDefinition | undefined, field: FieldPath, whose: string): Input[] =>
    definition === undefined ? [] : propertyInputs(scene, { definition, field, whose }, templates);
  return [
    ...used(components.get(component.type), [...at, 'properties'], `component ${component.name}`),
    ...(component.traits ?? []).flatMap(({ type }, position) =>
      used(traits.get(type), [...at, 'traits', position, 'properties'], `trait ${type}`),
    ),
    {
      cause: { kind: 'component', what: 'name of the component', origin: scene.revision.locate([...at, 'name']) },
      variants: [withSpec(scene, [...at, 'name'], `${component.name}x`)],
    },
    ...placementInputs(scene),
    ...labelInputs(scene, clusters),
  ];
}

/** A definition in use: where its properties stand, and whose they are. */
interface PropertyUse {
  readonly definition: PinnedDefinition;
  readonly field: FieldPath;
  readonly whose: string;
}

function propertyInputs(scene: Scene, use: PropertyUse, { cue }: TemplateSettings): Input[] {
  const { definition, field, whose } = use;
  const properties = dig(scene.revision, ...field) ?? {};
  const found = parameterSchema(definition.object, cue);
  const schema = 'schema' in found ? found.schema : {};
  const given = leavesOf(properties).flatMap(({ path, value }): Input[] => {
    const full = [...field, ...path];
    const variants = variantsOf(value, schemaAt(schema, path)).map((other) => withSpec(scene, full, other));
    const what = `property ${fieldText(path)} of ${whose}`;
    return [{ cause: { kind: 'property', what, origin: scene.revision.locate(full) }, variants }];
  });
  const absent = Object.entries(digObject(schema, 'properties')).filter(
    ([name]) => dig(properties, name) === undefined,
  );
  const defaults = absent.flatMap(([name, about]): Input[] => {
    const value = dig(about, 'default');
    if (value === undefined) return [];
    const variants = variantsOf(value, isPlainObject(about) ? about : {});
    const what = `default of ${name}, in ${definition.object.kind} ${definition.object.metadata.name}`;
    return [
      {
        cause: { kind: 'default', what, origin: defaultOrigin(definition, name) },
        variants: variants.map((other) => withSpec(scene, [...field, name], other)),
      },
    ];
  });
  return [...given, ...defaults];
}

/** Where a default stands: in the JSON Schema of a Handlebars definition, somewhere in any other template. */
function defaultOrigin({ object, origin, locate }: PinnedDefinition, name: string): Cause['origin'] {
  const { schematic } = object.spec;
  if (schematic?.handlebars !== undefined)
    return locate(['spec', 'schematic', 'handlebars', 'parameter', 'properties', name, 'default']);
  return schematic?.cue === undefined ? origin : locate(['spec', 'schematic', 'cue', 'template'], 'key');
}

function schemaAt(schema: PlainObject, path: FieldPath): PlainObject {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  return schemaAt(typeof key === 'number' ? digObject(schema, 'items') : digObject(schema, 'properties', key), rest);
}

/** The replicas of the placement, and the revision that is placed: another one has another name and number. */
function placementInputs(scene: Scene): Input[] {
  if (scene.kind !== 'AppDeployment') return [];
  const { replicas, revision, appDeployment } = scene;
  const field = placementField(scene);
  if (field === undefined) return [];
  const number = revision.number + 1;
  const other = { ...revision, number, name: revisionName(revision.application.name, number) };
  const at = (...path: FieldPath): Cause['origin'] => appDeployment.locate(path);
  return [
    {
      cause: {
        kind: 'placement',
        what: 'replicas of the placement',
        origin: at(...field, 'distribution', 'replicas'),
      },
      variants: [{ ...scene, replicas: replicas + 1 }],
    },
    ...divisionInputs(scene, field),
    {
      cause: {
        kind: 'placement',
        what: 'name of the revision that is placed',
        origin: at(...field.slice(0, 3), 'revisionName'),
      },
      variants: [{ ...scene, revision: other }],
    },
  ];
}

/** What makes the replicas a share of those that the placement asks for, where they are not all of them. */
function divisionInputs(scene: Extract<Scene, { kind: 'AppDeployment' }>, field: FieldPath): Input[] {
  const { appDeployment } = scene;
  const at = [...field, 'distribution'];
  const replicas = dig(appDeployment.object, ...at, 'replicas');
  if (typeof replicas !== 'number' || replicas === scene.replicas) return [];
  return ['type', 'weights']
    .filter((key) => dig(appDeployment.object, ...at, key) !== undefined)
    .map((key) => ({
      cause: {
        kind: 'placement',
        what: `${key} of the distribution`,
        origin: appDeployment.locate([...at, key], 'key'),
      },
      variants: [{ ...scene, replicas }],
    }));
}

/** The placement list's entry that a placement is of: it knows its origin alone. */
export function placementField({
  appDeployment,
  origin,
}: Extract<Scene, { kind: 'AppDeployment' }>): FieldPath | undefined {
  const { appRevisions } = appDeployment.object.spec;
  const fields = appRevisions.flatMap(({ placement }, index) =>
    placement.map((_entry, position): FieldPath => ['spec', 'appRevisions', index, 'placement', position]),
  );
  return fields.find((field) => {
    const { line, column } = appDeployment.locate(field);
    return line === origin.line && column === origin.column;
  });
}

/** Labels of the cluster, which templates see in `context.cluster`. */
function labelInputs(scene: Scene, clusters: Catalog['clusters']): Input[] {
  const declared = clusters.find(({ name }) => name === scene.cluster.name);
  if (declared === undefined) return [];
  return Object.entries(scene.cluster.labels).map(([key, value]) => ({
    cause: {
      kind: 'cluster',
      what: `label ${key} of Cluster ${declared.name}`,
      origin: declared.locate(['metadata', 'labels', key]),
    },
    variants: [{ ...scene, cluster: { ...scene.cluster, labels: { ...scene.cluster.labels, [key]: `${value}x` } } }],
  }));
}
