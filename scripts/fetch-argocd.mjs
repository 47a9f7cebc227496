// Prints the folder of Argo CD's own CRDs and installation manifest, in its source.
import { join } from 'node:path';
import { goModule } from './go-module.mjs';

const module = goModule({
  path: 'github.com/argoproj/argo-cd/v3',
  version: 'v3.6.1',
  sum: 'h1:OmhqeKiR3C//awbFrhQqFdtRI+Qiv17j8vqm3UkMj/g=',
});
console.log(join(module, 'manifests'));
