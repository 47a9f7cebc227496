//go:build tools

// Package tools pins the Argo CD that the end-to-end suite runs. `npm run e2e:setup` builds it.
package tools

import (
	_ "github.com/argoproj/argo-cd/v3/cmd"
	_ "sigs.k8s.io/kustomize/kustomize/v5"
)
