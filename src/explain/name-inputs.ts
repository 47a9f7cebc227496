import type { FieldPath } from '../model/origin.ts';
import { dig } from '../model/plain.ts';
import { type Revision, revisionName } from '../model/revision.ts';
import type { Input } from './input.ts';
import { type Scene, withSpec } from './scene.ts';

/** What a component is called, and of which type it is: the same definition under another name. */
export function componentInputs(scene: Scene, index: number): Input[] {
  const { locate, spec, definitions } = scene.revision;
  const { name = '', type = '' } = spec.components[index] ?? {};
  const at: FieldPath = ['spec', 'components', index];
  const other = `${type}x`;
  const definition = definitions.components.get(type);
  const components = new Map([
    ...definitions.components,
    ...(definition === undefined ? [] : [[other, definition] as const]),
  ]);
  const typed = withSpec(scene, [...at, 'type'], other);
  return [
    {
      cause: { kind: 'component', what: 'name of the component', origin: locate([...at, 'name']) },
      variants: [withSpec(scene, [...at, 'name'], `${name}x`)],
    },
    {
      cause: { kind: 'component', what: 'type of the component', origin: locate([...at, 'type']) },
      variants: [{ ...typed, revision: { ...typed.revision, definitions: { ...definitions, components } } }],
    },
  ];
}

/** Name and namespace of the AppDeployment, or of the Application that deploys itself. */
export function ownerInputs(scene: Scene): Input[] {
  const owner = scene.kind === 'AppDeployment' ? scene.appDeployment : scene.application;
  const input = (field: 'name' | 'namespace', variant: Scene): Input[] =>
    dig(owner.object, 'metadata', field) === undefined
      ? []
      : [
          {
            cause: {
              kind: 'name',
              what: `${field} of ${scene.kind} ${owner.name}`,
              origin: owner.locate(['metadata', field]),
            },
            variants: [variant],
          },
        ];
  return [
    ...input('name', renamed(scene, `${owner.name}x`)),
    ...input('namespace', moved(scene, `${owner.namespace}x`)),
  ];
}

function renamed(scene: Scene, name: string): Scene {
  if (scene.kind === 'AppDeployment') return { ...scene, appDeployment: { ...scene.appDeployment, name } };
  const { application, revision } = scene;
  return { ...scene, application: { ...application, name }, revision: ofApplication(revision, { name }) };
}

function moved(scene: Scene, namespace: string): Scene {
  const revision = ofApplication(scene.revision, { namespace });
  return scene.kind === 'AppDeployment'
    ? { ...scene, revision, appDeployment: { ...scene.appDeployment, namespace } }
    : { ...scene, revision, application: { ...scene.application, namespace } };
}

/** The revision as another Application would have it. */
export function ofApplication(revision: Revision, changed: Partial<Revision['application']>): Revision {
  const application = { ...revision.application, ...changed };
  return { ...revision, application, name: revisionName(application.name, revision.number) };
}
