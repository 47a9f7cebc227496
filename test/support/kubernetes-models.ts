import { isPlainObject } from '../../src/model/plain.ts';

/** A class of kubernetes-models: checks an object against the schema of its kind. */
type Model = new (data: never) => { validate: () => void };

/** Loads the model of a kind; a kind without one is an error, so that no manifest goes unchecked. */
async function modelOf(apiVersion: string, kind: string): Promise<Model> {
  const library = apiVersion.includes('istio.io') ? '@kubernetes-models/istio' : 'kubernetes-models';
  const path = `${library}/${apiVersion}/${kind}`;
  const module = (await import(path)) as Record<string, Model | undefined>;
  const model = module[kind];
  if (model === undefined) throw new Error(`${path} has no ${kind}`);
  return model;
}

/** Throws unless an object is valid for Kubernetes or Istio. */
export async function validateObject(object: unknown): Promise<void> {
  if (!isPlainObject(object)) throw new Error('not an object');
  const model = await modelOf(String(object['apiVersion']), String(object['kind']));
  new model(object as never).validate();
}
