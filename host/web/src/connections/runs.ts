/** The runs of several routes as one list, newest first, though each route's are paged by themselves. */

import type { Run } from './model';

export interface RouteRuns<R> {
  route: R;
  runs: readonly Run[];
  /** The cursor of what follows; null: nothing does. */
  next: string | null;
}

export interface ShownRun<R> {
  route: R;
  run: Run;
}

/** Only so far back as every route is known: what comes later would have to stand between. */
export function merged<R>(all: readonly RouteRuns<R>[]): ShownRun<R>[] {
  const began = (run: Run) => Date.parse(run.startedAt);
  const knownSince = Math.max(Number.NEGATIVE_INFINITY, ...all.flatMap(({ runs, next }) => (next && runs.length ? [began(runs.at(-1)!)] : [])));
  return all
    .flatMap(({ route, runs }) => runs.map((run) => ({ route, run })))
    .filter(({ run }) => began(run) >= knownSince)
    .sort((a, b) => began(b.run) - began(a.run) || b.run.id.localeCompare(a.run.id));
}

/** Of which more must be read to go further back: those that hold the list up. */
export function toContinue<R>(all: readonly RouteRuns<R>[]): RouteRuns<R>[] {
  const open = all.filter(({ next }) => next !== null);
  const oldest = (one: RouteRuns<R>) => (one.runs.length ? Date.parse(one.runs.at(-1)!.startedAt) : Number.POSITIVE_INFINITY);
  const newest = Math.max(...open.map(oldest));
  return open.filter((one) => oldest(one) === newest);
}
