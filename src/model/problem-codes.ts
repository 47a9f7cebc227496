import { clusterProblemKinds } from './problem-codes-clusters.ts';
import { error, note, type ProblemKind, warning } from './problem-kind.ts';

/** Every problem that appdeploy can report; the closed list of codes. */
export const problemKinds = {
  INVALID_ENCODING: error(
    'A file of ours, or its name, is not UTF-8.',
    'Save it as UTF-8, for example by iconv -f ISO-8859-1 -t UTF-8.',
  ),
  INVALID_YAML: error('A file of ours is not valid YAML or JSON.', 'Mend the syntax at the place shown.'),
  MERGE_MARKERS: error(
    'A file of ours has the markers of a merge that is not settled.',
    'Settle it, and run appdeploy render again: it settles snapshots, placement records and output itself.',
  ),
  DUPLICATE_KEY: error('A mapping has the same key twice.', 'Keep one of the two.'),
  UNSUPPORTED_VERSION: error(
    'A document of ours has an API version that is not read.',
    'Write the version that the message names.',
  ),
  UNKNOWN_KIND: warning('A core.oam.dev document has a kind that does not exist.', 'Correct the spelling of kind.'),
  UNKNOWN_FIELD: error(
    'A document or its properties have a field that does not exist.',
    'Correct the name or remove the field.',
  ),
  MISSING_FIELD: error('A required field is missing.', 'Add it.'),
  WRONG_TYPE: error(
    'A value has the wrong type.',
    'Write a value of the expected type; quote a string that looks like a number.',
  ),
  INVALID_VALUE: error('A value is outside what its field allows.', 'Write one of the expected values.'),
  DUPLICATE_DOCUMENT: error('Two documents of a kind have the same namespace and name.', 'Remove or rename one.'),
  DUPLICATE_CLUSTER: error(
    'Two Clusters have the same name.',
    'Rename one: cluster names are unique in a repo, whatever their namespace.',
  ),
  DUPLICATE_COMPONENT: error('Two components of an Application have the same name.', 'Rename one.'),
  NAME_CLASH: error(
    'An AppDeployment and a directly deployed Application share namespace and name.',
    'Rename one, or give the Application the annotation app.oam.dev/revision-only: "true".',
  ),
  MISPLACED_SNAPSHOT: error(
    'A file under revisions/ is not the snapshot that its path says.',
    'Move it to revisions/<namespace>/<application>/<application>-v<N>.yaml, or remove it.',
  ),
  MISPLACED_RECORD: error(
    'A placement record is not where its name says.',
    'Move it to placements/<namespace>/<appdeployment>.yaml, or remove it.',
  ),
  BUILT_IN_OVERRIDDEN: note(
    'A definition of the repo has the name of a built-in one, and takes its place.',
    'Nothing to do if that is meant; else give it a name of its own.',
  ),
  REQUIRED_VERSION: error(
    'The config asks for another version of appdeploy.',
    'Install the version that the config asks for.',
  ),
  SNAPSHOT_CHANGED: error(
    'A snapshot does not match its content hash or what was published.',
    'Run appdeploy revisions repair: it restores the snapshot, and the present content becomes the next revision.',
  ),
  SNAPSHOT_EXISTS: error(
    'A revision cannot be imported, because its number has another content here.',
    'Leave it out, or import before the first render.',
  ),
  SNAPSHOT_FORMAT: error(
    'A snapshot was written for a render format that this version does not know.',
    'Use a newer appdeploy.',
  ),
  UNKNOWN_MAINLINE: error(
    'A revision needs a number, but the mainline or its history is not in this clone.',
    'Fetch it all (fetch-depth: 0 in CI, else git fetch --unshallow), name the branch with --mainline or in the config\u2019s mainline list, or run render in a full clone and commit.',
  ),
  UNRECORDED_REVISION: error(
    'A revision that is deployed has no snapshot, and nothing here tells its number.',
    'Run appdeploy render in a full clone and commit the snapshot.',
  ),
  UNPINNED_REVISION: warning(
    'A revision that is deployed has no snapshot; its number is derived from history.',
    'Run appdeploy render and commit the snapshot, so that a changed history cannot change the number.',
  ),
  UNVERIFIED_SNAPSHOTS: note(
    'Snapshots were not held against the mainline, which is not in this clone.',
    'Fetch the mainline and its history (fetch-depth: 0 in CI) to have them verified.',
  ),
  REVISION_RENUMBERED: warning(
    'A pending revision has another number than before, which the mainline gave away or several shared.',
    'Change the AppDeployments that mean this content.',
  ),
  UNKNOWN_REVISION: error(
    'An AppDeployment names a revision that does not exist.',
    'Name one of the revisions that the message lists.',
  ),
  UNKNOWN_DEFINITION: error(
    'A component or trait has a type without a definition.',
    'Correct the type or add the definition to the repo.',
  ),
  UNKNOWN_CLUSTER: error(
    'A selector names a Cluster that the namespace lacks.',
    'Correct the name or add the Cluster.',
  ),
  NO_MATCHING_CLUSTER: error(
    'No Cluster is left for a selector.',
    'Change the selector or the labels of a Cluster; the message says why each was rejected.',
  ),
  PLACEMENT_MOVED: warning(
    'A placement leaves the cluster that was recorded for it.',
    'If that is not meant, give the recorded Cluster back what the selector asks for.',
  ),
  UNRECORDED_PLACEMENT: error(
    'A recorded placement does not hold, and this run records nothing.',
    'Run appdeploy render and commit the new record.',
  ),
  EMPTY_SELECTOR: error(
    'A clusterSelector selects by nothing.',
    'Select by name, labels or matchExpressions; leave clusterSelector out for the host cluster.',
  ),
  DUPLICATE_PLACEMENT: error('A revision is placed twice on one cluster.', 'Remove one of the two placements.'),
  DUPLICATE_APP_REVISION: error('An AppDeployment lists a revision twice.', 'Merge the two entries.'),
  INVALID_DISTRIBUTION: error(
    'A distribution cannot be divided as it says.',
    'Give at least one matching cluster a weight above 0, and use weights with type Divided only.',
  ),
  UNUSED_WEIGHT: warning(
    'A distribution weighs a cluster that its selector does not match.',
    'Correct the name or remove the weight.',
  ),
  INVALID_DEFINITION: error(
    'A definition cannot be used: its template or parameter schema is wrong.',
    'Mend the definition at the place shown.',
  ),
  UNSUPPORTED_SCHEMATIC: error(
    'A definition has no schematic that this version renders.',
    'Write the definition with schematic.handlebars.',
  ),
  TEMPLATE_FAILED: error(
    'A template did not give usable objects for these properties.',
    'Mend the template, or the properties that it used.',
  ),
  PATCH_CONFLICT: error(
    'A trait patches a field that has another value or shape.',
    'Remove one of the two, or change the trait.',
  ),
  INVALID_NAME: error(
    'A name or label would not be accepted by Kubernetes.',
    'Shorten or correct the names that it is made of.',
  ),
  UNSCALABLE_WORKLOAD: error(
    'An AppDeployment places a workload that has no replicas.',
    'Deploy Jobs, CronJobs and DaemonSets with an Application of their own.',
  ),
  OVERLAPPING_SELECTORS: error(
    'A selector of one revision also selects pods of another on the same cluster.',
    'Add the lines that the message shows to the definition.',
  ),
  INGRESS_CONFLICT: error(
    'Two live revisions claim the same Ingress host and path on one cluster.',
    'Route with the AppDeployment\u2019s traffic, or give each its own host.',
  ),
  DUPLICATE_RESOURCE: error(
    'Two manifests have the same resource id on one cluster.',
    'Rename one of the two at the places shown.',
  ),
  DIRECT_AND_PLACED: warning(
    'An Application deploys directly and through an AppDeployment.',
    'Annotate it with app.oam.dev/revision-only: "true".',
  ),
  KUBERNETES_VERSION_ASSUMED: note(
    'A template asks for the Kubernetes version of a cluster, and nothing says it.',
    'Annotate the Cluster with appdeploy.dev/kubernetes-version, or set kubernetesVersion in appdeploy.yaml.',
  ),
  AUTOSCALED: note(
    'An autoscaler decides the replicas, from the placement\u2019s count up.',
    'Nothing to do; set replicas to 0 to stop the revision.',
  ),
  REPLICAS_ABOVE_MAX: error(
    'A placement asks for more replicas than the autoscaler of the workload allows.',
    'Raise the most that the autoscaler allows, or lower the replicas of the placement.',
  ),
  DATA_KEPT: note(
    'A PersistentVolumeClaim is kept when its revision goes.',
    'Delete the claim by hand when its data is no longer needed.',
  ),
  WEIGHT_SUM: error('The weights of a rule do not sum to 100.', 'Change them to sum to 100.'),
  MISSING_WEIGHT: error('A target among several has no weight.', 'Give each target a weight.'),
  DUPLICATE_TARGET: error('A rule lists a target twice.', 'Merge the two.'),
  UNKNOWN_TARGET: error(
    'A rule routes to a revision or component that the AppDeployment does not place.',
    'Name a revision of appRevisions and a component of its Application.',
  ),
  IDLE_TARGET: error(
    'A rule gives weight to a revision that has no replicas anywhere.',
    'Give it replicas, or take its weight away.',
  ),
  UNDECLARED_PORT: warning(
    'A rule routes to a port that the component does not declare.',
    'Route to a port of the component.',
  ),
  MISSING_TARGET: error(
    'A cluster lacks a weighted target, and missingTargets is Fail.',
    'Place the revision there, put the clusters in one mesh, or allow Renormalise.',
  ),
  SHARE_RISES: warning(
    'On a cluster that lacks a target, the other targets take its share.',
    'Place the revision there, or put the clusters in one mesh (label appdeploy.dev/mesh).',
  ),
  PREWARMED: note(
    'A cluster gets no VirtualService, because nothing on it has weight.',
    'Nothing to do; it gets one with the first weight.',
  ),
  PARTIAL_ROUTES: error(
    'On a cluster only some rules have a live target.',
    'Place a target of every rule on the cluster.',
  ),
  GATEWAY_NOT_SHARED: error(
    'Two AppDeployments use a Gateway on one cluster.',
    'Annotate the Gateway with appdeploy.dev/shared: "true".',
  ),
  ARGOCD_PATH: error(
    'The config says another place of the root in the repo than where it lies.',
    'Set argocd.path to the folder of appdeploy.yaml, as seen from the top of the repo.',
  ),
  CLUSTER_GONE: error(
    'A Cluster goes while the mainline still deploys to it, or in one change with its last placement.',
    'Keep the Cluster, and remove what is placed on it first; when that is merged and synced, remove the Cluster. Argo CD would leave its workloads running.',
  ),
  DRAINED_TOO_SOON: warning(
    'A revision loses replicas in the same change as its weight.',
    'Move the weight in one commit, and lower the replicas in the next.',
  ),
  ...clusterProblemKinds,
  PATH_COLLISION: error('Two manifests have the same output path.', 'Rename one of the two.'),
  FOREIGN_FILE: error(
    'A file that appdeploy did not write stands where it would write.',
    'Move the file elsewhere, or choose another output folder.',
  ),
  NOT_COMMITTED: error(
    'The plugin is asked to require the committed output, and renders something else.',
    'Run appdeploy render with the version that the plugin has, and commit what it writes.',
  ),
  EMPTY_RESULT: error(
    'Nothing would be rendered where there was output.',
    'If that is meant, pass --allow-empty or set allowEmpty in the config.',
  ),
  OUTPUT_FORMAT: error('The output folder was written by a newer appdeploy.', 'Use that version or a newer one.'),
} as const satisfies Readonly<Record<string, ProblemKind>>;

/** The name of a kind of problem. */
export type ProblemCode = keyof typeof problemKinds;
