/** Addresses of the shell, after the "#": "/org/demo/journal", "/server/users/anna", "/org/demo/u2035-quarantine?run=12". */

import { askedOf, stepsOf } from '@kit/way';

export type Route =
  | { kind: 'home' }
  | { kind: 'password' }
  | { kind: 'organization'; organization: string; view: string; rest: string }
  | { kind: 'server'; view: string; rest: string }
  | { kind: 'unknown' };

export function parseRoute(hash: string): Route {
  let parts: string[];
  const asked = askedOf(hash);
  try {
    parts = stepsOf(hash).replace(/^#?\/?/, '').split('/').map(decodeURIComponent);
  } catch {
    return { kind: 'unknown' };
  }
  const [first = '', second = '', third = ''] = parts;
  if (first === '' && parts.length === 1) return { kind: 'home' };
  if (first === 'password' && parts.length === 1) return { kind: 'password' };
  if (first === 'org' && second) return { kind: 'organization', organization: second, view: third, rest: withQuery(tail(parts, 3), asked) };
  if (first === 'server' && second) return { kind: 'server', view: second, rest: tail(parts, 2) };
  return { kind: 'unknown' };
}

/** "/org/demo/…" with everything written as an address needs it. */
export function address(...parts: string[]): string {
  // A page's own path keeps its slashes.
  return `#/${parts.filter((part) => part !== '').map((part) => part.split('/').map(encodeURIComponent).join('/')).join('/')}`;
}

/** What a page's list is narrowed to is the page's own, and stays as it is written. */
export function withQuery(address: string, asked: string): string {
  return asked ? `${address}?${asked}` : address;
}

function tail(parts: string[], from: number): string {
  return parts.slice(from).join('/');
}
