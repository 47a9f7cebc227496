import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';

interface ActionStep {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly ActionStep[] };
}

/** What a run of a composite action left behind. */
export interface ActionRun {
  readonly ok: boolean;
  /** The output of each step that ran, by its name. */
  readonly logs: ReadonlyMap<string, string>;
  /** The job's summary. */
  readonly summary: string;
}

/** How GitHub runs an action. */
export interface ActionSetup {
  /** The folder of the action, with its action.yml. */
  readonly action: string;
  readonly checkout: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event: 'pull_request' | 'push';
  readonly environment: Readonly<Record<string, string>>;
}

/** Runs the steps of a composite action by bash, with the variables and files that GitHub's runner gives them. */
export async function runAction(setup: ActionSetup): Promise<ActionRun> {
  const { action, inputs = {}, event, environment } = setup;
  const { inputs: declared, runs } = parse(readFileSync(join(action, 'action.yml'), 'utf8')) as Action;
  const work = mkdtempSync(join(tmpdir(), 'appdeploy-action-'));
  const summary = join(work, 'summary');
  writeFileSync(summary, '');
  const values = new Map([
    ['github.event_name', event as string],
    ['github.token', environment['GITHUB_TOKEN'] ?? ''],
  ]);
  for (const [name, input] of Object.entries(declared))
    values.set(`inputs.${name}`, inputs[name] ?? fill(input.default, values));
  const logs = new Map<string, string>();
  let isOk = true;
  for (const step of runs.steps.filter((each) => each.if === undefined || holds(each.if, values))) {
    const { log, code } = await runStep(step, values, { ...setup, work });
    logs.set(step.name, log);
    isOk = code === 0;
    if (!isOk) break;
  }
  const written = readFileSync(summary, 'utf8');
  rmSync(work, { recursive: true });
  return { ok: isOk, logs, summary: written };
}

async function runStep(
  step: ActionStep,
  values: Map<string, string>,
  { action, checkout, environment, work }: ActionSetup & { readonly work: string },
): Promise<{ readonly log: string; readonly code: number | null }> {
  const outputs = join(work, 'outputs');
  writeFileSync(outputs, '');
  const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value, values)]);
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...environment,
      GITHUB_ACTION_PATH: action,
      GITHUB_STEP_SUMMARY: join(work, 'summary'),
      GITHUB_OUTPUT: outputs,
      GITHUB_WORKSPACE: checkout,
      RUNNER_TEMP: work,
      ...(Object.fromEntries(own) as Record<string, string>),
    },
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const log = (await Promise.all([text(child.stdout), text(child.stderr)])).join('');
  const code = await ended;
  for (const line of readFileSync(outputs, 'utf8').split('\n').filter(Boolean)) {
    const [name = '', value = ''] = line.split('=');
    values.set(`steps.${step.id ?? ''}.outputs.${name}`, value);
  }
  return { log, code };
}

function fill(template: string, values: ReadonlyMap<string, string>): string {
  return template.replace(/\$\{\{ *([\w.-]+) *\}\}/g, (_, name: string) => values.get(name) ?? '');
}

/** The conditions that our action has: equality and startsWith, joined by &&. */
function holds(condition: string, values: ReadonlyMap<string, string>): boolean {
  return condition.split(' && ').every((part) => {
    const [, equalName, equalValue] = /^([\w.-]+) == '([^']*)'$/.exec(part) ?? [];
    if (equalName !== undefined) return values.get(equalName) === equalValue;
    const [, startName, start] = /^startsWith\(([\w.-]+), '([^']*)'\)$/.exec(part) ?? [];
    if (startName === undefined || start === undefined) throw new Error(`a condition that is not understood: ${part}`);
    return values.get(startName)?.startsWith(start) === true;
  });
}
