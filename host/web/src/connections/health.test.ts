import { describe, expect, it } from 'vitest';
import { countsOf, healthOf, isByHandOnly, obstacleToRun } from './health';
import type { Connection, RouteHead, RoutesInShort, Run, SourceKind } from './model';

const run = (state: Run['state'], more: Partial<Run> = {}): Run => ({ id: state, mode: 'full', trigger: 'manual', requestedBy: 'anna', state, startedAt: '2026-03-01T00:00:00Z', finishedAt: null, counts: {}, diagnoses: [], ...more });
const head = (route: string, state: Run['state']): RouteHead => ({ route, title: '', run: run(state) });
const connection = (routes: Partial<RoutesInShort> = {}, enabled = true) =>
  ({ name: 'lms', kind: 'sql', title: '', enabled, routes: { count: 2, enabled: 2, running: 0, failing: 0, remarked: 0, well: 0, worst: null, latest: null, nextRunAt: null, ...routes } }) as Connection;
const kind = (brought: SourceKind['brought']) => ({ name: 'any', brought }) as SourceKind;

describe('how a connection does', () => {
  const state = (routes: Partial<RoutesInShort>, enabled = true) => healthOf(connection(routes, enabled)).state;
  it('is told by what stops it first', () => {
    expect(state({ failing: 1, worst: head('a', 'failed') }, false)).toBe('disabled');
    expect(state({ count: 0, enabled: 0 })).toBe('no-routes');
    expect(state({ enabled: 0 })).toBe('routes-disabled');
  });
  it('is a failure if any enabled route failed, whatever the others did later', () => {
    expect(healthOf(connection({ failing: 1, well: 1, worst: head('b', 'interrupted') }))).toMatchObject({ state: 'failed', head: { route: 'b' } });
  });
  it('is a remark when a run ended with something to look at', () => {
    expect(state({ remarked: 1, worst: head('a', 'done') })).toBe('remarks');
  });
  it('is well only after a run', () => {
    expect(state({})).toBe('never');
    expect(state({ latest: head('of a disabled one', 'done') })).toBe('never');
    expect(state({ well: 1 })).toBe('well');
    expect(state({ running: 1, failing: 1, worst: head('a', 'failed') })).toBe('going');
  });
});

describe('running all routes', () => {
  it('is not possible when there is nothing to begin, and the reason is known', () => {
    expect(obstacleToRun(connection({ count: 0, enabled: 0 }))).toBe('no-routes');
    expect(obstacleToRun(connection({ enabled: 1, running: 1 }))).toBe('going');
  });
  it('is possible while only some run', () => {
    expect(obstacleToRun(connection({ running: 1 }))).toBe('');
  });
});

describe('a connection', () => {
  it('is by hand only where nothing is on the clock and nobody sends', () => {
    expect(isByHandOnly(connection(), kind(null))).toBe(true);
    expect(isByHandOnly(connection({ nextRunAt: '2026-03-01T00:00:00Z' }), kind(null))).toBe(false);
    expect(isByHandOnly(connection(), kind({ by: ['request'], whole: false, maxBytes: null }))).toBe(false);
    expect(isByHandOnly(connection({}, false), kind(null))).toBe(false);
  });
});

describe('numbers of a run', () => {
  it('are those that are not nought, and always the rows', () => {
    expect(countsOf(run('done', { counts: { rows: 0, created: 0, errors: 3, rejected: 2 } }))).toEqual([['rows', 0], ['rejected', 2]]);
  });
});
