/** A template that cannot be compiled or evaluated; `line` counts from 1 within the template. */
export class TemplateError extends Error {
  readonly line: number | undefined;
  /** Whether the template is wrong by itself, or with these properties. */
  readonly fault: 'template' | 'use';
  constructor(message: string, line?: number, fault: TemplateError['fault'] = 'template') {
    super(message);
    this.line = line;
    this.fault = fault;
  }
}
