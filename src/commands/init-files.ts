/** The config that `init` writes: every setting with its default, commented out. */
export const configText = `# The config of appdeploy. Its folder is the root of the config repo; everything has a default.
apiVersion: appdeploy.dev/v1alpha1
kind: Config

# The appdeploy that may work on this repo: "1.2.3" or ">=1.2.3".
# requiredVersion: ">=0.1.0"

# Which files are read. Other tools' files among them do no harm.
# include: ["**/*.yaml", "**/*.yml", "**/*.json"]
# exclude: []

# Where the manifests go.
# output: rendered

# Branches whose snapshots are published: the main one, and long-lived release lines.
# mainline: [main, master]

# Accept that nothing is left to render, so that everything rendered is deleted.
# allowEmpty: false

# Workloads with an autoscaler; docs/argocd.md says when to change these.
# autoscalers:
#   initialReplicas: true        # the placement's count for their creation; default: false without argocd
#   beforeRoutes: true           # or false: autoscalers come last

# templates:
#   timeoutSeconds: 2            # how long one CUE template may take

# traffic:
#   istioVersion: v1             # or v1beta1
#   missingTargets: Renormalise  # or Fail: what a cluster without a weighted target does
`;

/** What Git must know of the files that we write. */
export const attributesText = `rendered/** text eol=lf linguist-generated
revisions/** text eol=lf
placements/** text eol=lf
`;

/** A first Application; its name and image are meant to be changed. */
export const firstApplication = `apiVersion: core.oam.dev/v1beta1
kind: Application
metadata:
  name: hello
  annotations:
    # Makes revisions, and leaves their deployment to the AppDeployment.
    app.oam.dev/revision-only: "true"
spec:
  components:
    - name: web
      type: webservice
      properties:
        image: nginx:1.29
        port: 80
`;

/** A first AppDeployment, on the cluster where Argo CD runs. */
export const firstAppDeployment = `apiVersion: core.oam.dev/v1beta1
kind: AppDeployment
metadata:
  name: hello
spec:
  appRevisions:
    - revisionName: hello-v1
      placement:
        - distribution:
            replicas: 2
`;
