/** One figure of a Prometheus exposition, with its values by label; `''` is the one without labels. */
export interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge';
  readonly help: string;
  readonly values: Readonly<Record<string, number>>;
}

/** Metrics in Prometheus' text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). */
export function metricsText(metrics: readonly Metric[]): string {
  return metrics
    .map(({ name, type, help, values }) => {
      const lines = Object.entries(values).map(
        ([labels, value]) => `${name}${labels === '' ? '' : `{${labels}}`} ${value}\n`,
      );
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
    })
    .join('');
}
