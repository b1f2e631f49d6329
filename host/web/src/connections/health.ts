/** How a connection does, told from what the server says of its routes in short. */

import { isBrought, type Connection, type RouteHead, type Run, type SourceKind } from './model';

export type Health =
  | { state: 'disabled' | 'no-routes' | 'routes-disabled' | 'going' | 'never' | 'well' }
  /** `head`: the route whose latest run is worst. */
  | { state: 'failed' | 'remarks'; head: RouteHead };

export function healthOf({ enabled, routes }: Connection): Health {
  if (!enabled) return { state: 'disabled' };
  if (routes.count === 0) return { state: 'no-routes' };
  if (routes.enabled === 0) return { state: 'routes-disabled' };
  if (routes.running > 0) return { state: 'going' };
  if (routes.worst) return { state: routes.failing > 0 ? 'failed' : 'remarks', head: routes.worst };
  return { state: routes.well > 0 ? 'well' : 'never' };
}

/** Whether somebody has to start it: nothing is on the clock, and nobody sends by themselves. */
export function isByHandOnly({ enabled, routes }: Connection, kind: SourceKind | null | undefined): boolean {
  return enabled && !isBrought(kind) && routes.nextRunAt === null;
}

/** Why all routes can't be run now; empty: they can. */
export type Obstacle = '' | 'disabled' | 'no-routes' | 'routes-disabled' | 'going';
export function obstacleToRun(connection: Connection): Obstacle {
  const { state } = healthOf(connection);
  if (state === 'disabled' || state === 'no-routes' || state === 'routes-disabled') return state;
  // Those that run already are left out by the server; when all do there is nothing to begin.
  return connection.routes.running === connection.routes.enabled ? 'going' : '';
}

/** Only what there is something of, in the order in which a person asks. */
export const countNames = ['rows', 'created', 'updated', 'unchanged', 'rejected', 'deleted', 'skipped', 'repeated', 'withheld', 'files'] as const;
export type CountName = (typeof countNames)[number];

export function countsOf(run: Run): [CountName, number][] {
  return countNames.flatMap((name) => (name === 'rows' || run.counts[name] ? [[name, run.counts[name] ?? 0] as [CountName, number]] : []));
}
