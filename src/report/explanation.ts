import type { ExplainedField, Explanation } from '../explain/explanation.ts';
import { fieldText, originText } from '../model/origin.ts';
import { tableText } from './table.ts';
import type { Style } from './style.ts';

/** For people at a terminal. */
export function explanationText(explanation: Explanation, { paint }: Style): string {
  const { object, cluster, path, owner, revision, component, origin, fields, missing } = explanation;
  const parts = [
    owner,
    ...(revision === undefined ? [] : [revision]),
    ...(component === undefined ? [] : [`component ${component}`]),
  ];
  const header = ['FIELD', 'VALUE', 'SET BY'];
  return [
    `${paint('bold', `${object} on ${cluster}`)}\n${path}\nfor ${parts.join(', ')}: ${origin}\n`,
    whyText(explanation, paint),
    ...(missing === undefined ? [] : [`${missing}\n`]),
    ...(fields.length === 0 ? [] : [tableText(header, fields.flatMap(rowsOf))]),
  ].join('\n');
}

function whyText({ cluster, why }: Explanation, paint: Style['paint']): string {
  const title = `${paint('bold', `Why ${cluster}`)}: ${why.origin}\n`;
  if ('text' in why) return `${title}${why.text}\n`;
  const { selector, candidates } = why.choice;
  const rows = candidates.map(({ cluster: name, verdict, rank, why: reason }) => [
    name,
    verdict,
    rank === undefined ? '' : String(rank),
    reason,
  ]);
  const asked = selector === undefined ? '' : `clusterSelector ${JSON.stringify(selector)}\n`;
  return `${title}${asked}${tableText(['CLUSTER', 'VERDICT', 'RANK', 'WHY'], rows)}`;
}

/** A row for the field, and one more for each further place. */
function rowsOf({ path, value, setBy, writer }: ExplainedField): string[][] {
  const text = JSON.stringify(value) ?? '';
  const shown = text.length > 48 ? `${text.slice(0, 47)}\u2026` : text;
  const by = writer === undefined ? [] : [writerText(writer)];
  const causes = setBy.map(({ what, origin }) => `${what} (${originText(origin)})`);
  const [first = 'unknown', ...more] = causes.length > 0 ? causes : by;
  return [[fieldText(path), shown, first], ...more.map((each) => ['', '', each])];
}

function writerText({ kind, what, origin }: NonNullable<ExplainedField['writer']>): string {
  if (kind === 'appdeploy') return `appdeploy: ${what}`;
  const place = origin === undefined ? '' : ` (${originText(origin)})`;
  return kind === 'definition' ? `${what}, its template or a default${place}` : `${what}${place}`;
}

/** For programs; src/schema/reports/explain.json. */
export function explanationJson({ why, fields, missing, ...rest }: Explanation): string {
  const about = {
    ...rest,
    why: 'text' in why ? { origin: why.origin, text: why.text, candidates: [] } : { origin: why.origin, ...why.choice },
    ...(missing === undefined ? {} : { missing }),
    fields: fields.map(({ path, value, setBy, writer }) => ({
      field: fieldText(path),
      value,
      setBy: setBy.map((cause) => ({ ...cause, origin: originText(cause.origin) })),
      ...(writer === undefined ? {} : { writer: { ...writer, origin: writer.origin && originText(writer.origin) } }),
    })),
  };
  return `${JSON.stringify(about, null, 2)}\n`;
}
