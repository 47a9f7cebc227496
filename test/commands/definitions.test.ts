import { expect, test } from 'vitest';
import { cueDefinition } from '../support/cue.ts';
import { application, definition } from '../support/documents.ts';
import { ScratchRepo } from '../support/scratch-repo.ts';

const cue = cueDefinition(
  'ComponentDefinition',
  'svc',
  `import "strings"

output: {
	apiVersion: "apps/v1"
	kind:       "Deployment"
	spec: template: spec: containers: [{name: context.name, image: strings.ToLower(parameter.image)}]
}
#Probe: {
	// +usage=Path to ask for
	path: string
}
parameter: {
	// +usage=Which image to run
	// +short=i
	image: string
	port:  *80 | int
	pull?: "Always" | "Never"
	probe?: #Probe
	env?: [...{name: string, value?: string}]
}
`,
);
const json = {
  type: 'object',
  required: ['size'],
  properties: { size: { type: 'integer', description: 'How big.', minimum: 3 } },
};
const own = definition(
  'TraitDefinition',
  'sized',
  'patch: {metadata: {annotations: {size: {{concat parameter.size}} } } }',
  { parameter: json },
  { namespace: 'default' },
);

function repo(): ScratchRepo {
  return new ScratchRepo({ git: false }).write({
    'definitions.yaml': cue + own,
    'app.yaml': application('shop', [
      { name: 'web', type: 'svc', properties: { image: 'a' }, traits: [{ type: 'sized', properties: { size: 3 } }] },
    ]),
  });
}

test('definitions lists kind, schematic, where from, and who uses it', async () => {
  const { stdout } = await repo().appdeploy('definitions');
  const lines = stdout.split('\n').map((line) => line.split(/ {2,}/));
  expect(lines[0]).toEqual(['NAME', 'KIND', 'SCHEMATIC', 'FROM', 'USED BY']);
  expect(lines).toContainEqual(['svc', 'ComponentDefinition', 'cue', 'definitions.yaml', 'default/shop']);
  expect(lines).toContainEqual(['sized', 'TraitDefinition', 'handlebars', 'definitions.yaml', 'default/shop']);
  expect(lines).toContainEqual(['webservice', 'ComponentDefinition', 'handlebars', 'built in', '-']);
  const rows = JSON.parse((await repo().appdeploy('definitions', '--json')).stdout) as object[];
  expect(rows).toContainEqual(expect.objectContaining({ name: 'svc', usedBy: ['default/shop'] }));
});

test('show prints the parameters of CUE with their usage, and of a JSON Schema', async () => {
  expect((await repo().appdeploy('definitions', 'show', 'svc')).stdout)
    .toBe(`ComponentDefinition svc (cue, definitions.yaml)

NAME          TYPE                 REQUIRED   DEFAULT   DESCRIPTION
image         string               yes        -         Which image to run
port          integer              no         80
pull          "Always" | "Never"   no         -
probe         object               no         -
probe.path    string               yes        -         Path to ask for
env           []object             no         -
env[].name    string               yes        -
env[].value   string               no         -
`);
  expect((await repo().appdeploy('definitions', 'show', 'sized')).stdout).toContain(
    'size   integer   yes        -         How big.',
  );
});

test('show -o json-schema is for editors', async () => {
  const schema = JSON.parse(
    (await repo().appdeploy('definitions', 'show', 'svc', '-o', 'json-schema')).stdout,
  ) as object;
  expect(schema).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'svc',
    required: ['image'],
    properties: {
      image: { type: 'string', description: 'Which image to run' },
      port: { type: 'integer', default: 80 },
      probe: { $ref: '#/definitions/Probe' },
    },
    definitions: { Probe: { required: ['path'] } },
  });
});

test('render tries a component or a trait out', async () => {
  const { stdout } = await repo().appdeploy(
    'definitions',
    'render',
    'svc',
    '--set',
    'image=NGINX',
    '--set',
    'env.0.name=A',
  );
  expect(stdout).toContain('image: nginx');
  expect((await repo().appdeploy('definitions', 'render', 'sized', '--set', 'size=5')).stdout).toContain('size: "5"');
  const wrong = await repo().appdeploy('definitions', 'render', 'svc', '--set', 'image=5');
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).toContain('<svc tried out>:10:16: error WRONG_TYPE: image');
});

test('import says of each definition of a folder whether it renders here, and why not', async () => {
  const folder = new ScratchRepo({ git: false }).write({
    'vela/good.yaml': cue.replace('name: svc', 'name: good') + own.replace('name: sized', 'name: also'),
    'vela/deep/op.yaml': cueDefinition('TraitDefinition', 'op', 'import "vela/op"\npatch: op.#Read\n'),
    'vela/broken.yaml': 'apiVersion: core.oam.dev/v1beta1\nkind: TraitDefinition\nmetadata: [\n',
  });
  const { code, stdout } = await repo().appdeploy('definitions', 'import', `${folder.root}/vela`);
  expect(code).toBe(1);
  expect(stdout).toMatch(/good +ComponentDefinition +cue +yes\n/);
  expect(stdout).toMatch(/also +TraitDefinition +handlebars +yes\n/);
  expect(stdout).toMatch(/op +TraitDefinition +cue +no +TraitDefinition op: it imports "vela\/op"/);
  expect(stdout).toMatch(/broken.yaml:\d+ +- +- +no +/);
  expect((await repo().appdeploy('definitions', 'import', `${folder.root}/vela/good.yaml`)).code).toBe(0);
});

test('import of a path that is not there names it', async () => {
  expect(await repo().appdeploy('definitions', 'import', 'nope/')).toMatchObject({
    code: 2,
    stderr: 'appdeploy: cannot read nope/: ENOENT\nappdeploy definitions import --help shows how it is used\n',
  });
});

test.each([
  [['show', 'ghost'], 'there is no definition "ghost"; known are '],
  [['show', 'svc', '-o', 'xml'], '-o xml is not known; use table, json or json-schema'],
  [['render', 'svc', '--set', 'image'], '--set image is not PATH=VALUE'],
  [['import', 'app.yaml'], 'there is no definition in app.yaml'],
])('definitions %o is wrong usage', async (argv, says) => {
  const { code, stderr } = await repo().appdeploy('definitions', ...argv);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
});

test('every built-in definition renders with the least that it asks for', async () => {
  const { code, stdout } = await repo().appdeploy(
    'definitions',
    'import',
    new URL('../../definitions', import.meta.url).pathname,
  );
  const rest = stdout
    .split('\n')
    .slice(1, -1)
    .filter((line) => !line.endsWith(' yes'));
  // What these need cannot be made up: one field of several, a JSON patch, one probe of four.
  expect(
    rest.map((line) =>
      line
        .split(/ {2,}/)
        .filter((_, index) => index % 3 === 0)
        .join(' '),
    ),
  ).toEqual(['command unknown', 'expose unknown', 'startup-probe unknown']);
  expect(code).toBe(0);
});
