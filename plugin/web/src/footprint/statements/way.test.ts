import { describe, expect, it } from 'vitest';
import { Locale } from '@kit/locale';
import type { RecordWay, WayStatement } from './model';
import { texts } from './texts';
import { sourceNodes, statementNodes } from './way';
import { rowAfter } from '../lists/work-list';
import { may } from '../lists/role';

const t = texts.ru;
const l = new Locale('ru');
const way = (more: Partial<RecordWay>): RecordWay => ({
  record: { kind: 'result', id: '977' },
  flow: '3',
  source: { id: '977', source: 'moodle', externalId: '88213', revision: 1, changedAt: '2026-11-25T23:03:11Z', deleted: false },
  check: { outcome: 'planned', unsendable: [], leftOut: null, reflection: null },
  statements: [],
  ...more,
});
const statement = (more: Partial<WayStatement>): WayStatement => ({
  id: '812',
  statementId: '0b0f',
  project: 'bas',
  kind: 'learner.grade',
  state: 'accepted',
  revision: 1,
  flow: '3',
  cancels: null,
  dependsOn: null,
  profileVersion: 'bas',
  plannedInRun: '12',
  size: 1412,
  refusal: null,
  word: null,
  superseded: false,
  correction: null,
  decisions: [],
  posts: [{ batch: '17', run: '12', place: 12, statements: 50, startedAt: 'a', answeredAt: 'b', outcome: 'accepted', status: 200, message: '', errorId: '' }],
  files: [],
  readBack: null,
  ...more,
});
const states = (one: WayStatement) => statementNodes(one, t, l).map((node) => node.state);

it('a repeat stands before the answer it led to', () => {
  const post = (batch: string, startedAt: string, answeredAt: string) => ({ batch, run: '1', place: 1, statements: 1, startedAt, answeredAt, outcome: 'rejected', status: 400, message: '', errorId: '' });
  const one = statement({
    posts: [post('1', '2026-11-26T01:00:00Z', '2026-11-26T01:00:01Z'), post('2', '2026-11-26T03:00:00Z', '2026-11-26T03:00:01Z')],
    state: 'quarantined',
    decisions: [{ action: 'replay', by: 'anna', at: '2026-11-26T02:00:00Z', comment: '' }] as unknown as WayStatement['decisions'],
  });
  const names = statementNodes(one, t, l).map((node) => node.name);
  expect(names.slice(1)).toEqual([t.post, t.answer, t.decision.replay, t.post, t.answer]);
});

describe('source and check', () => {
  it('say that the record is gone', () => {
    expect(sourceNodes(way({ source: null }), t)[0]).toMatchObject({ state: 'fail', notes: [t.sourceGone] });
  });
  it('say why it can’t be sent and what to do', () => {
    const unsendable = [{ run: '1', origin: 'statements', revision: 1, kind: 'learner.grade', code: 'no-mark', reason: 'Нет оценки.', fix: 'Внесите её.' }];
    const check = sourceNodes(way({ check: { outcome: 'unsendable', unsendable, leftOut: null, reflection: null } }), t)[1]!;
    expect(check.state).toBe('fail');
    expect(check.notes).toEqual(['Нет оценки. Что сделать: Внесите её.']);
  });
  it('say that a person left the learner out', () => {
    const check = sourceNodes(way({ check: { outcome: 'none', unsendable: [], leftOut: 'академический отпуск', reflection: null } }), t)[1]!;
    expect(check).toMatchObject({ state: 'fail', notes: [t.leftOut('академический отпуск')] });
  });
});

describe('a statement’s nodes', () => {
  it('end with what is still to come: the reading back', () => {
    expect(states(statement({}))).toEqual(['done', 'done', 'done', 'wait']);
  });
  it('end well when it was read back', () => {
    expect(states(statement({ state: 'confirmed', readBack: { verdict: 'confirmed', at: '', timesMissing: 0, difference: null } })).at(-1)).toBe('done');
  });
  it('show a store that has it otherwise as failed, with the difference', () => {
    const node = statementNodes(statement({ readBack: { verdict: 'differs', at: '', timesMissing: 0, difference: { pointer: '/result', ours: '1', theirs: '2' } } }), t, l).at(-1)!;
    expect(node.state).toBe('fail');
    expect(node.notes[1]).toContain('/result');
  });
  it('show a refusal in its own words, not those of the batch', () => {
    const refused = statement({
      state: 'quarantined',
      refusal: { status: 400, conflict: false, reason: 'score', errorId: 'e' },
      posts: [{ batch: '17', run: '12', place: 12, statements: 50, startedAt: 'a', answeredAt: 'b', outcome: 'data', status: 400, message: 'whole', errorId: 'e' }],
    });
    const answer = statementNodes(refused, t, l)[2]!;
    expect(answer).toMatchObject({ state: 'fail', code: 400, more: { text: 'score' } });
  });
  it('wait for the first POST, and say for which statement', () => {
    const nodes = statementNodes(statement({ state: 'waiting', dependsOn: '7d7a', posts: [] }), t, l);
    expect(nodes.map((node) => node.state)).toEqual(['done', 'wait']);
    expect(nodes[0]!.notes).toContain(t.waits('7d7a'));
  });
  it('of a withdrawn one say that nothing follows', () => {
    expect(states(statement({ state: 'withdrawn', posts: [] }))).toEqual(['skip']);
  });
});

describe('the list', () => {
  it('moves by arrows and pages and stops at the ends', () => {
    expect(rowAfter('ArrowDown', 4, 5, 3)).toBe(4);
    expect(rowAfter('PageUp', 4, 5, 3)).toBe(1);
    expect(rowAfter('End', 0, 5, 3)).toBe(4);
    expect(rowAfter('a', 0, 5, 3)).toBeNull();
    expect(rowAfter('ArrowDown', 0, 0, 3)).toBeNull();
  });
});

it('a role that can’t be told hinders nobody: the server decides', () => {
  expect(may(null, 'organization-admin')).toBe(true);
  expect(may('viewer', 'methodist')).toBe(false);
  expect(may('organization-admin', 'methodist')).toBe(true);
});

it('both languages name every state', () => {
  expect(Object.keys(texts.en.states)).toEqual(Object.keys(texts.ru.states));
});
