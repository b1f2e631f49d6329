import { describe, expect, it } from 'vitest';
import { Locale } from '@kit/locale';
import { barTone, closingOf, codesOf, everybody, expected, lacksOf, peopleQuery, readyShare, totals } from './filters';
import { texts } from './texts';
import type { FlowReadiness, Lack, ListedPerson } from './types';

const flow = (change: Partial<FlowReadiness>): FlowReadiness => ({
  flow: '3', flowTitle: '', programme: '1', programmeTitle: '', project: 'dp', profile: '', channel: 'lrs',
  learners: 200, ready: 181, notReady: 19, onlyWaits: 12, unknown: 0, byCode: { 'no-unti-id': 4, 'not-delivered': 12 }, note: '', computedAt: '', run: '1', ...change,
});
const lack = (code: string, state: Lack['state']): Lack => ({ state, code, field: '', reason: '', fix: '', records: [] });

describe('what is asked for a choice', () => {
  it('leaves out what was not chosen and trims the words', () => {
    expect(peopleQuery(everybody)).toEqual({ verdict: undefined, code: undefined, q: undefined });
    expect(peopleQuery({ verdict: 'not-ready', code: 'no-mark', q: '  Ковалёв   Артём ' })).toEqual({ verdict: 'not-ready', code: 'no-mark', q: 'Ковалёв Артём' });
  });
  it('never sends more words than the server takes', () => {
    expect(String(peopleQuery({ ...everybody, q: 'а б в г д е ж з и к л м' }).q).split(' ')).toHaveLength(10);
  });
  it('knows the number of those who fit only where the flow tells it', () => {
    expect(expected(flow({}), everybody)).toBe(200);
    expect(expected(flow({}), { ...everybody, verdict: 'ready' })).toBe(181);
    expect(expected(flow({}), { ...everybody, code: 'no-unti-id' })).toBe(4);
    expect(expected(flow({}), { ...everybody, q: 'ко' })).toBeNull();
    expect(expected(flow({}), { verdict: 'not-ready', code: 'no-unti-id', q: '' })).toBeNull();
  });
});

describe('figures of flows', () => {
  it('counts a share of those with a verdict only', () => {
    expect(readyShare(flow({ unknown: 200, ready: 0, notReady: 0 }))).toBeNull();
    expect(readyShare(flow({ learners: 100, ready: 50, unknown: 50 }))).toBe(1);
    expect(totals([flow({}), flow({ ready: 0, unknown: 200 })])).toEqual({ ready: 181, judged: 200, unknown: 200 });
  });
  it('puts the most frequent lack first', () => {
    expect(lacksOf(flow({})).map(([code]) => code)).toEqual(['not-delivered', 'no-unti-id']);
  });
  it('warns below 80 % and alarms below 60 %', () => {
    expect([0.8, 0.79, 0.59].map(barTone)).toEqual(['ok', 'warn', 'bad']);
  });
});

describe('the closing date', () => {
  const moscow = new Locale('ru', 'Europe/Moscow');
  const now = new Date('2026-11-26T21:30:00Z'); // already the 27th in Moscow
  it('counts calendar days in the organization’s zone', () => {
    expect(closingOf({ endsAt: '2026-11-28T21:00:00Z' }, moscow, now)).toMatchObject({ state: 'soon', days: 2 });
    expect(closingOf({ endsAt: '2026-11-26T21:00:00Z' }, moscow, now)).toMatchObject({ state: 'soon', days: 0 });
    expect(closingOf({ endsAt: '2026-11-25T21:00:00Z' }, moscow, now)).toMatchObject({ state: 'ended', days: -1 });
    expect(closingOf({ endsAt: '2027-01-01T00:00:00Z' }, moscow, now)).toMatchObject({ state: 'open' });
  });
  it('says closed only of a flow that was closed, and nothing where there is no date', () => {
    expect(closingOf({ closedAt: '2026-11-20T00:00:00Z', endsAt: '2027-01-01T00:00:00Z' }, moscow, now)).toMatchObject({ state: 'closed' });
    expect(closingOf({}, moscow, now)).toBeNull();
    expect(closingOf({}, moscow, now)).toBeNull();
  });
});

it('names each lack once, what somebody must do before what comes by itself', () => {
  const person = { lacks: [lack('not-delivered', 'waiting'), lack('no-mark', 'not-met'), lack('no-mark', 'waiting')] } as ListedPerson;
  expect(codesOf(person)).toEqual([{ code: 'no-mark', waits: false }, { code: 'not-delivered', waits: true }]);
});

it('speaks of one learner and of many in the right form', () => {
  const [ru, en] = [new Locale('ru'), new Locale('en')];
  expect(texts.ru.lead(ru, 1, 21)).toContain('из 21\u00a0слушателя');
  expect(texts.ru.lead(ru, 1, 25)).toContain('из 25\u00a0слушателей');
  expect(texts.ru.onlyWaitsHint(ru, 2)).toContain('2\u00a0слушателя только ждут');
  expect(texts.en.onlyWaitsHint(en, 1)).toContain('1\u00a0learner of these only waits');
});
