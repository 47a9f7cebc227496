import type { Declaration } from '../model/catalog.ts';
import type { Application, Gateway } from '../model/kinds.gen.ts';

/** KubeVela's annotation: the Application makes revisions and deploys nothing by itself. */
export function isRevisionOnly({ object }: Declaration<Application>): boolean {
  return object.metadata.annotations?.['app.oam.dev/revision-only'] === 'true';
}

/** Whether several AppDeployments may use a Gateway. */
export function isShared({ object }: Declaration<Gateway>): boolean {
  return object.metadata.annotations?.['appdeploy.dev/shared'] === 'true';
}
