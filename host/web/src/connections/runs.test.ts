import { describe, expect, it } from 'vitest';
import type { Run } from './model';
import { merged, toContinue } from './runs';

const run = (id: string, minute: number): Run => ({ id, mode: 'full', trigger: 'manual', requestedBy: '', state: 'done', startedAt: new Date(minute * 60_000).toISOString(), finishedAt: null, counts: {}, diagnoses: [] });

describe('runs of several routes', () => {
  const often = { route: 'often', runs: [run('a', 90), run('b', 80)], next: 'more' };
  const seldom = { route: 'seldom', runs: [run('c', 85), run('d', 10)], next: null };
  it('stand in one order, and none is shown before what may still come between', () => {
    expect(merged([often, seldom]).map(({ run: one }) => one.id)).toEqual(['a', 'c', 'b']);
    expect(merged([{ ...often, next: null }, seldom]).map(({ run: one }) => one.id)).toEqual(['a', 'c', 'b', 'd']);
  });
  it('go on with the route that holds the list up', () => {
    const other = { route: 'other', runs: [run('e', 5)], next: 'more' };
    expect(toContinue([often, seldom, other]).map(({ route }) => route)).toEqual(['often']);
    expect(toContinue([seldom])).toEqual([]);
  });
});
