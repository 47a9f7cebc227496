// Prints the folder of Argo CD's own CRDs and installation manifest, out of its source.
import { fetchGoModule } from './go-module.mjs';

console.log(
  await fetchGoModule({
    module: 'github.com/argoproj/argo-cd/v3',
    version: 'v3.6.1',
    sha256: 'f7fa21a39dae04e030aea81151ccaca0e7541fcff6cca0dd018671189cdf1de5',
    wanted: ['manifests/install.yaml', 'manifests/crds/application-crd.yaml', 'manifests/crds/appproject-crd.yaml'],
  }),
);
