import { EnvironmentError } from '../environment-error.ts';

/** A kind of object, as the API server's addresses have it. */
export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

/** One call of the API. */
export interface Call {
  readonly verb: 'get' | 'list' | 'watch' | 'create' | 'update' | 'delete';
  readonly resource: Resource;
  readonly namespace: string;
  readonly name?: string;
  readonly body?: object;
  readonly query?: Readonly<Record<string, string>>;
}

/**
 * A call that failed. It says what was asked, the status and what to do, and nothing of the answer: the
 * answer to a refused Secret may hold the Secret.
 */
export class ApiFailure extends EnvironmentError {
  /** The HTTP status; undefined where there was no answer. */
  readonly status: number | undefined;
  /** Seconds after which the API server wants to be asked again; undefined where it does not say so. */
  readonly retryAfter: number | undefined;

  constructor(call: Call, status: number | undefined, code = '', retryAfter?: number) {
    super(`${callText(call)}: ${reason(call, status, code)}`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

function callText({ verb, resource: { group, plural }, namespace, name }: Call): string {
  const kind = group === '' ? plural : `${plural}.${group}`;
  return `${verb} ${kind}${name === undefined ? '' : `/${name}`} in namespace ${namespace}`;
}

function reason({ verb, resource: { group, plural } }: Call, status: number | undefined, code: string): string {
  if (status === undefined) return `the API server does not answer${code === '' ? '' : ` (${code})`}`;
  if (status === 401) return 'the API server does not know these credentials (401)';
  if (status === 403)
    return `forbidden (403): grant the verb "${verb}" on "${plural}" of the API group "${group}" in that namespace, by a Role and a RoleBinding, or see which admission policy denies it`;
  if (status === 404 && group !== '') return `the API server does not have that kind (404): install its CRD`;
  return `the API server answered ${status}`;
}
