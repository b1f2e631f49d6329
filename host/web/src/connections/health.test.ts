import { describe, expect, it } from 'vitest';
import { countsOf, healthOf, isByHandOnly, latestOf, obstacleToRun } from './health';
import type { Connection, Route, Run } from './model';

const connection = (more: Partial<Connection> = {}): Connection => ({ name: 'lms', kind: 'sql', title: '', enabled: true, schedule: null, settings: {}, revision: 1, changedAt: '', changedBy: '', ...more });
const run = (state: Run['state'], more: Partial<Run> = {}): Run => ({ id: state, mode: 'full', trigger: 'manual', requestedBy: 'anna', state, startedAt: '2026-03-01T00:00:00Z', finishedAt: null, counts: {}, diagnoses: [], ...more });
const route = (name: string, latestRun: Run | null, more: Partial<Route> = {}) => ({ name, title: '', position: 1, enabled: true, schedule: null, latestRun, ...more }) as Route;
const remark = { code: 'source.no-data', title: '', detail: '', fix: '', advice: '' };
const daily = { cron: '30 1 * * *', zone: 'Europe/Moscow' };

describe('how a connection does', () => {
  const state = (one: Connection, ...routes: Route[]) => healthOf(one, routes).state;
  it('is told by what stops it first', () => {
    expect(state(connection({ enabled: false }), route('a', run('failed')))).toBe('disabled');
    expect(state(connection())).toBe('no-routes');
    expect(state(connection(), route('a', run('failed'), { enabled: false }))).toBe('routes-disabled');
  });
  it('is a failure if any enabled route failed, whatever the others did later', () => {
    const health = healthOf(connection(), [route('a', run('done')), route('b', run('interrupted')), route('c', run('failed'), { enabled: false })]);
    expect(health).toMatchObject({ state: 'failed', route: { name: 'b' } });
  });
  it('is a remark when a run ended with something to look at', () => {
    expect(state(connection(), route('a', run('done', { diagnoses: [remark] })), route('b', null))).toBe('remarks');
  });
  it('is well only after a run', () => {
    expect(state(connection(), route('a', null))).toBe('never');
    expect(state(connection(), route('a', null), route('b', run('done')))).toBe('well');
    expect(state(connection(), route('a', run('failed')), route('b', run('waiting')))).toBe('going');
  });
});

describe('running all routes', () => {
  it('is not possible when there is nothing to begin, and the reason is known', () => {
    expect(obstacleToRun(connection(), [])).toBe('no-routes');
    expect(obstacleToRun(connection(), [route('a', run('running')), route('b', null, { enabled: false })])).toBe('going');
  });
  it('is possible while only some run', () => {
    expect(obstacleToRun(connection(), [route('a', run('running')), route('b', null)])).toBe('');
  });
});

describe('a connection', () => {
  it('is by hand only where nothing is on the clock and nobody sends', () => {
    expect(isByHandOnly(connection(), [route('a', null)])).toBe(true);
    expect(isByHandOnly(connection({ schedule: daily }), [])).toBe(false);
    expect(isByHandOnly(connection(), [route('a', null, { schedule: daily })])).toBe(false);
    expect(isByHandOnly(connection(), [route('a', null, { schedule: daily, enabled: false })])).toBe(true);
    expect(isByHandOnly(connection({ kind: 'listen' }), [])).toBe(false);
  });
  it('ran last when its last route did, in whichever time zone that is written', () => {
    const late = run('failed', { startedAt: '2026-03-01T01:30:00+03:00' });
    expect(latestOf([route('a', run('done', { startedAt: '2026-02-28T22:00:00Z' })), route('b', late)])).toBe(late);
    expect(latestOf([route('a', null)])).toBeNull();
  });
});

describe('numbers of a run', () => {
  it('are those that are not nought, and always the rows', () => {
    expect(countsOf(run('done', { counts: { rows: 0, created: 0, errors: 3, rejected: 2 } }))).toEqual([['rows', 0], ['rejected', 2]]);
  });
});
