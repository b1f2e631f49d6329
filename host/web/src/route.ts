/** Addresses of the shell, after the "#": "/org/demo/journal", "/server/users/anna". */

export type Route =
  | { kind: 'home' }
  | { kind: 'password' }
  | { kind: 'organization'; organization: string; view: string; rest: string }
  | { kind: 'server'; view: string; rest: string }
  | { kind: 'unknown' };

export function parseRoute(hash: string): Route {
  let parts: string[];
  try {
    parts = hash.replace(/^#?\/?/, '').split('/').map(decodeURIComponent);
  } catch {
    return { kind: 'unknown' };
  }
  const [first = '', second = '', third = ''] = parts;
  if (first === '' && parts.length === 1) return { kind: 'home' };
  if (first === 'password' && parts.length === 1) return { kind: 'password' };
  if (first === 'org' && second) return { kind: 'organization', organization: second, view: third, rest: tail(parts, 3) };
  if (first === 'server' && second) return { kind: 'server', view: second, rest: tail(parts, 2) };
  return { kind: 'unknown' };
}

/** "/org/demo/…" with everything written as an address needs it. */
export function address(...parts: string[]): string {
  // A page's own path keeps its slashes.
  return `#/${parts.filter((part) => part !== '').map((part) => part.split('/').map(encodeURIComponent).join('/')).join('/')}`;
}

function tail(parts: string[], from: number): string {
  return parts.slice(from).join('/');
}
