/** How a connection does, told from its routes and their latest runs. */

import { isBrought, isGoing, type Connection, type Route, type Run } from './model';

export type Health =
  | { state: 'disabled' | 'no-routes' | 'routes-disabled' | 'going' | 'never' | 'well' }
  /** `route`: the first in order that has something to look at. */
  | { state: 'failed' | 'remarks'; route: Route; run: Run };

export function healthOf(connection: Connection, routes: readonly Route[]): Health {
  if (!connection.enabled) return { state: 'disabled' };
  if (routes.length === 0) return { state: 'no-routes' };
  const enabled = routes.filter((route) => route.enabled);
  if (enabled.length === 0) return { state: 'routes-disabled' };
  if (enabled.some((route) => isGoing(route.latestRun))) return { state: 'going' };
  const ended = enabled.flatMap((route) => (route.latestRun ? [{ route, run: route.latestRun }] : []));
  const failed = ended.find(({ run }) => run.state !== 'done');
  if (failed) return { state: 'failed', ...failed };
  const remarks = ended.find(({ run }) => run.diagnoses.length > 0);
  if (remarks) return { state: 'remarks', ...remarks };
  return { state: ended.length ? 'well' : 'never' };
}

/** The run that began last of all routes', and whose it is. */
export function latestOf(routes: readonly Route[]): { route: Route; run: Run } | null {
  return routes.reduce<{ route: Route; run: Run } | null>(
    (latest, route) => (route.latestRun && (!latest || Date.parse(route.latestRun.startedAt) > Date.parse(latest.run.startedAt)) ? { route, run: route.latestRun } : latest),
    null,
  );
}

/** Whether somebody has to start it: nothing is on the clock, and nobody sends by themselves. */
export function isByHandOnly(connection: Connection, routes: readonly Route[]): boolean {
  return !isBrought(connection.kind) && !connection.schedule && !routes.some((route) => route.enabled && route.schedule);
}

/** Why all routes can't be run now; empty: they can. */
export type Obstacle = '' | 'disabled' | 'no-routes' | 'routes-disabled' | 'going';
export function obstacleToRun(connection: Connection, routes: readonly Route[]): Obstacle {
  const { state } = healthOf(connection, routes);
  if (state === 'disabled' || state === 'no-routes' || state === 'routes-disabled') return state;
  // Those that run already are left out by the server; when all do there is nothing to begin.
  return routes.filter((route) => route.enabled).every((route) => isGoing(route.latestRun)) ? 'going' : '';
}

/** Only what there is something of, in the order in which a person asks. */
export const countNames = ['rows', 'created', 'updated', 'unchanged', 'rejected', 'deleted', 'skipped', 'repeated', 'withheld', 'files'] as const;
export type CountName = (typeof countNames)[number];

export function countsOf(run: Run): [CountName, number][] {
  return countNames.flatMap((name) => (name === 'rows' || run.counts[name] ? [[name, run.counts[name] ?? 0] as [CountName, number]] : []));
}
