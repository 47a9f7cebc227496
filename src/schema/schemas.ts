import { Ajv, type ValidateFunction } from 'ajv';
import appDeployment from './kinds/app-deployment.json' with { type: 'json' };
import applicationRevision from './kinds/application-revision.json' with { type: 'json' };
import application from './kinds/application.json' with { type: 'json' };
import cluster from './kinds/cluster.json' with { type: 'json' };
import config from './kinds/config.json' with { type: 'json' };
import definition from './kinds/definition.json' with { type: 'json' };
import definitionRevision from './kinds/definition-revision.json' with { type: 'json' };
import gateway from './kinds/gateway.json' with { type: 'json' };
import metadata from './kinds/metadata.json' with { type: 'json' };
import placementRecord from './kinds/placement-record.json' with { type: 'json' };

/** The kinds that are read, each with the schema of its documents. */
export const kindSchemas = {
  Application: application,
  AppDeployment: appDeployment,
  Cluster: cluster,
  ComponentDefinition: definition,
  TraitDefinition: definition,
  WorkloadDefinition: definition,
  DefinitionRevision: definitionRevision,
  ApplicationRevision: applicationRevision,
  Gateway: gateway,
  PlacementRecord: placementRecord,
  Config: config,
} as const;

/** The name of a kind that is read. */
export type Kind = keyof typeof kindSchemas;

// Optimizing a validator takes longer than a run needs it.
const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: true,
  allowUnionTypes: true,
  code: { optimize: false },
});
ajv.addSchema([metadata, application, definition, appDeployment]);

/** The validator of a kind, compiled on its first use. */
export function kindValidator(kind: Kind): ValidateFunction {
  const schema = kindSchemas[kind];
  return ajv.getSchema(schema.$id) ?? ajv.compile(schema);
}
