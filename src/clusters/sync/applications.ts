import { byText } from '../../model/plain.ts';
import { keyOf, type LiveApplication, type LiveSecret } from './live.ts';

/** The Applications that deploy by a cluster Secret, by name or by server, as Argo CD looks it up. */
export function applicationsOf(secret: LiveSecret, applications: readonly LiveApplication[]): string[] {
  const [name, server] = [fieldOf(secret, 'name'), fieldOf(secret, 'server')];
  return applications
    .filter(({ destination }) => isSame(destination.name, name) || isSame(destination.server, server))
    .map(keyOf)
    .toSorted(byText);
}

/** A field of a Secret as text; empty where there is none. */
export function fieldOf({ data }: Pick<LiveSecret, 'data'>, field: 'name' | 'server'): string {
  return Buffer.from(data[field] ?? '', 'base64').toString('utf8');
}

/** Whether two names or addresses are the same one; Argo CD does not heed a slash at the end. */
export function isSame(a: string, b: string): boolean {
  return a !== '' && a.replace(/\/$/, '') === b.replace(/\/$/, '');
}
