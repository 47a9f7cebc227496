// Prints the path of a Go file that holds the JSON Schema of SARIF 2.1.0 with its errata, as OASIS publishes it.
import { join } from 'node:path';
import { goModule } from './go-module.mjs';

const module = goModule({
  path: 'github.com/owenrumney/go-sarif/v3',
  version: 'v3.3.1',
  sum: 'h1:bKY8YnWcY8zYTiGVObC5wZLlfEvMkCxK9XMGXBbzEtQ=',
});
console.log(join(module, 'pkg/report/v210/sarif/schema.go'));
