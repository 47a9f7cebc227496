import type { Problem } from '../../model/problem.ts';
import type { ProblemPlace } from './formats.ts';

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** Problems as GitHub's workflow commands, which show them at the lines of a pull request. */
export function githubProblems(problems: readonly Problem[], { pathFor }: Pick<ProblemPlace, 'pathFor'>): string {
  return problems
    .map(({ code, severity, origin, message, hint }) => {
      const properties = { file: pathFor(origin.path), line: origin.line, col: origin.column, title: code };
      const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
      return `::${commands[severity]} ${list.join(',')}::${escapeData(`${message}\n${hint}`)}\n`;
    })
    .join('');
}

/** As the runner's own toolkit escapes: a message is one line. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
