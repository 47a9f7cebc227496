import fc from 'fast-check';

/** Scalars that one reader or another may take for something else. */
export const scalars = [
  'text',
  'two words',
  'nginx:1.29',
  'a: b',
  'a #comment',
  'a#b',
  '#comment',
  '12',
  '-3',
  '+4',
  '0123',
  '0x1f',
  '0o17',
  '1.5',
  '.5',
  '5.',
  '1e3',
  '.inf',
  '-.INF',
  '.nan',
  '1_000',
  '12345678901234567890',
  '12:30:45',
  '2020-01-01',
  'true',
  'No',
  'null',
  '~',
  '',
  '""',
  "''",
  '"a\\nb"',
  '"\\u00e9"',
  '"\\x41"',
  '"open',
  "'it''s'",
  '"a" # c',
  '"a" b',
  '[]',
  '{}',
  '[a, b]',
  '[a, [b, 1]]',
  '{ a: b }',
  '{a: 1, b: [x]}',
  '[a,]',
  '[,]',
  '{ a }',
  '{a: }',
  '[a b, c]',
  '[a:b, c]',
  '[a: b]',
  '[a',
  '>',
  '|2',
  '&x a',
  '*x',
  '!!str a',
  '@a',
  '`a',
  '%a',
  '- a',
  '-a',
  '? a',
  '?a',
  ':a',
  '\u{1F600} é',
  'a\tb',
  '=',
  '<<',
  '---',
  '...',
  '(a)',
  '{ $ref: "#/a", b: the key; or "its" name (say) }',
  '[a #b, c]',
  '[a - b, -1, a ?, ?]',
  '[a b : c]',
  "[it's, 10%, a*b&c!]",
  '[a "b, c]',
  '{"a":1,"b":{"c":["d",true]}}',
  '{"a" :1}',
  '{"a b": "c"}',
  '["a","b"]',
  '["a":1]',
  '{a:1}',
  '{"a":}',
  '{"a":b:c}',
  '{"a":1,"a":2}',
  '[1.5, "x", \'y\']',
  'a  ',
  '"\\ud83d\\ude00"',
  '+',
  '-',
  '.',
  '0.',
  '1.2.3',
  '-.5',
  '+.5',
];
const plain = [
  'text',
  'nginx:1.29',
  '12',
  'true',
  '""',
  '[a, b]',
  '{ a: 1 }',
  '0.5',
  "'x y'",
  '"1"',
  'two words # said',
];
const keys = ['a', 'b', 'app.oam.dev/name', '"quoted"', "'single'", '"with: colon"', 'true', '12', '$k'];
const strangeLines = [
  '---',
  '--- ',
  '--- a',
  '---a',
  '...',
  '%YAML 1.2',
  '\t',
  '-',
  '- -',
  '- - a',
  '? x',
  'a',
  '<<: b',
  '&a b: c',
  'é: 1',
  '-x: 2',
  'a : b',
  'a:b',
  ' deeper: 1',
  ']',
  '# note',
  '',
  '   ',
];

/** A document as somebody might have typed it: what it holds, and how its lines are set. */
type Node =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'literal'; readonly header: string; readonly lines: readonly string[] }
  | {
      readonly kind: 'mapping' | 'list';
      readonly step: number;
      readonly isFlush: boolean;
      readonly before: string;
      readonly children: readonly (readonly [string, Node])[];
    };

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('scalar' as const),
        text: fc.oneof(
          { weight: 40, arbitrary: fc.constantFrom(...plain) },
          { weight: 1, arbitrary: fc.constantFrom(...scalars) },
        ),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('literal' as const),
        header: fc.constantFrom('|', '|-', '|+', '| '),
        lines: fc.array(fc.constantFrom('text', '  deeper', 'a: b', '# no comment', '', '- x', '{{ if }}'), {
          minLength: 1,
          maxLength: 4,
        }),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom('mapping' as const, 'list' as const),
        step: fc.constantFrom(1, 2, 2, 2, 4),
        isFlush: fc.boolean(),
        before: fc.constantFrom('', '', '', '# note', ''),
        children: fc.array(fc.tuple(fc.constantFrom(...keys), tie('node')), { minLength: 1, maxLength: 4 }),
      }),
    },
  ),
}));

/** The lines of a node below a parent that is `indent` deep; the first one belongs on the parent's line where it is a scalar. */
function linesOf(value: Node, indent: number): { readonly inline?: string; readonly lines: readonly string[] } {
  const pad = (depth: number): string => ' '.repeat(Math.max(depth, 0));
  if (value.kind === 'scalar') return { inline: value.text, lines: [] };
  if (value.kind === 'literal')
    return { inline: value.header, lines: value.lines.map((line) => (line === '' ? '' : `${pad(indent + 2)}${line}`)) };
  // A list may stand as deep as its key.
  const depth = value.kind === 'list' && value.isFlush ? indent : indent + value.step;
  const notes = value.before === '' ? [] : [`${pad(depth)}${value.before}`];
  const lines = value.children.flatMap(([key, child], index) => {
    const head = value.kind === 'list' ? '-' : `${key.replace(/(["']?)$/, `${index}$1`)}:`;
    const below = linesOf(child, depth);
    const [first = '', ...rest] = below.lines;
    const isCompact =
      value.kind === 'list' && below.inline === undefined && first.startsWith(pad(depth + 2)) && !/^ *#/.test(first);
    if (isCompact) return [`${pad(depth)}- ${first.slice(depth + 2)}`, ...rest];
    return [
      `${pad(depth)}${head}${below.inline === undefined || below.inline === '' ? '' : ` ${below.inline}`}`,
      ...below.lines,
    ];
  });
  return { lines: [...notes, ...lines] };
}

const typed = node
  .filter(({ kind }) => kind !== 'literal')
  .map((value) => linesOf(value, 0))
  .map(({ inline, lines }) => [...(inline === undefined ? [] : [inline]), ...lines]);

/** Several documents, with a strange line at a random place of every other text. */
export const texts = fc
  .tuple(
    fc.array(typed, { minLength: 1, maxLength: 3 }),
    fc.boolean(),
    fc.nat(),
    fc.nat({ max: 5 }),
    fc.constantFrom(...strangeLines),
    fc.constantFrom('\n', '\n', '', '', '\n\n', '\n# end', '\n  \n', '\r\n'),
  )
  .map(([documents, isStrange, where, indent, strange, end]) => {
    const lines = documents.flatMap((each, index) => [...(index === 0 ? [] : ['---']), ...each]);
    if (isStrange) lines.splice(where % (lines.length + 1), 0, `${' '.repeat(indent)}${strange}`);
    return `${lines.join('\n')}${end}`;
  });
