/** Ways of a page: steps, and after "?" what its list is narrowed to: "quarantine/812?run=12&q=…". */

export function stepsOf(way: string): string {
  const at = way.indexOf('?');
  return at < 0 ? way : way.slice(0, at);
}
export function askedOf(way: string): string {
  const at = way.indexOf('?');
  return at < 0 ? '' : way.slice(at + 1);
}

/** What is as in `usual` isn't told. */
export function withAsked<T extends object>(steps: string, asked: T, usual: T): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value !== usual[name as keyof T]) query.set(name, String(value));
  const text = query.toString();
  return text ? `${steps}?${text}` : steps;
}

/** The names of `usual` alone: an address may have been written by anybody. */
export function readAsked<T extends object>(asked: string, usual: T): T {
  const query = new URLSearchParams(asked);
  const told = Object.keys(usual).flatMap((name) => (query.has(name) ? [[name, query.get(name)] as const] : []));
  return { ...usual, ...Object.fromEntries(told) };
}
