/** The order of routes: what changes when one is moved. */

export function moved<T>(all: readonly T[], from: number, to: number): T[] {
  const rest = [...all];
  rest.splice(to, 0, ...rest.splice(from, 1));
  return rest;
}

/** Those whose place the server must be told so that it has them in this order. */
export function placesAfter<T extends { position: number }>(ordered: readonly T[]): [T, number][] {
  return ordered.flatMap((one, i) => (one.position === i + 1 ? [] : [[one, i + 1] as [T, number]]));
}
