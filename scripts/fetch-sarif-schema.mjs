// Prints the folder of a Go file that holds the JSON Schema of SARIF 2.1.0 with its errata, as OASIS publishes it.
import { fetchGoModule } from './go-module.mjs';

console.log(
  await fetchGoModule({
    module: 'github.com/owenrumney/go-sarif/v3',
    version: 'v3.3.1',
    sha256: '38efd805c036d2d4fc3465984674d21fa5e26bb9fa044b3d5e17e9f5faf50929',
    wanted: ['pkg/report/v210/sarif/schema.go'],
  }),
);
