import type { Log, PhysicalLocation, ReportingDescriptor, Result } from 'sarif';
import type { Origin } from '../../model/origin.ts';
import { byText } from '../../model/plain.ts';
import type { Problem } from '../../model/problem.ts';
import { problemKinds, type ProblemCode } from '../../model/problem-codes.ts';
import type { ProblemPlace } from './formats.ts';

/** Problems as SARIF 2.1.0, which code hosts and editors read; each code is a rule. */
export function sarifProblems(problems: readonly Problem[], { pathFor, version }: ProblemPlace): string {
  const codes = [...new Set(problems.map(({ code }) => code))].toSorted(byText);
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'appdeploy', version, rules: codes.map(rule) } },
        columnKind: 'utf16CodeUnits',
        results: problems.map((problem) => result(problem, codes.indexOf(problem.code), pathFor)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(code: ProblemCode): ReportingDescriptor {
  const { severity, summary, cure } = problemKinds[code];
  return {
    id: code,
    shortDescription: { text: summary },
    help: { text: cure },
    defaultConfiguration: { level: severity },
  };
}

function result(
  { code, severity, origin, message, hint, related }: Problem,
  ruleIndex: number,
  pathFor: ProblemPlace['pathFor'],
): Result {
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: `${message}\n${hint}` },
    locations: [{ physicalLocation: location(origin, pathFor) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other) => ({
            physicalLocation: location(other.origin, pathFor),
            message: { text: other.message },
          })),
        }),
  };
}

function location({ path, line, column }: Origin, pathFor: ProblemPlace['pathFor']): PhysicalLocation {
  const uri = pathFor(path).split('/').map(encodeURIComponent).join('/');
  return { artifactLocation: { uri }, region: { startLine: line, startColumn: column } };
}
