import { describe, expect, it } from 'vitest';
import { Locale } from '@kit/locale';
import { boxOf, extended, hindrance, leftOver, nothingChosen, orderOf, saysSomething, sizeOf, toggled, type Choice } from './choice';
import { countOf, everything, refusalsOf, type Filter, type Groups } from './model';
import { texts } from './texts';

const rows = ['5', '4', '3', '2', '1'].map((id) => ({ id }));
const filter: Filter = { ...everything, cause: 'missing-value', flow: '3', run: '12', q: 'Ковалёв' };
const ids = (choice: Choice) => (choice.kind === 'rows' ? [...choice.ids].sort() : choice.kind);

describe('choosing rows', () => {
  it('adds a row and takes it away again', () => {
    const one = toggled(nothingChosen, '4', rows);
    expect(ids(one)).toEqual(['4']);
    expect(sizeOf(toggled(one, '4', rows))).toBe(0);
  });
  it('extends to both sides', () => {
    expect(ids(extended(nothingChosen, 1, 3, rows))).toEqual(['2', '3', '4']);
    expect(ids(extended(nothingChosen, 3, 1, rows))).toEqual(['2', '3', '4']);
  });
  it('leaving one out of everything keeps the loaded ones by name', () => {
    expect(ids(toggled({ kind: 'all', count: 100 }, '4', rows))).toEqual(['1', '2', '3', '5']);
  });
  it('shows the box above as empty, mixed or full', () => {
    expect(boxOf(nothingChosen, 5)).toBe('none');
    expect(boxOf(toggled(nothingChosen, '4', rows), 5)).toBe('some');
    expect(boxOf({ kind: 'all', count: 5 }, 5)).toBe('all');
    expect(boxOf(extended(nothingChosen, 0, 4, rows), 5)).toBe('all');
    expect(boxOf(extended(nothingChosen, 0, 4, rows), null)).toBe('some');
  });
});

describe('the order to the server', () => {
  it('names rows', () => {
    expect(orderOf(toggled(nothingChosen, '4', rows), filter)).toEqual({ statements: ['4'] });
  });
  it('gives the filter with the number that was seen, and numbers as numbers', () => {
    expect(orderOf({ kind: 'all', count: 18 }, filter)).toEqual({ filter: { cause: 'missing-value', flow: 3, run: 12, q: 'Ковалёв' }, expected: 18 });
  });
  it('is not given for nothing or for too many', () => {
    expect(hindrance(nothingChosen)).toBe('nothing');
    expect(hindrance({ kind: 'rows', ids: new Set(Array.from({ length: 1001 }, (_, i) => String(i))) })).toBe('too-many');
    expect(hindrance({ kind: 'all', count: 10_001 })).toBe('too-many');
    expect(hindrance({ kind: 'all', count: 10_000 })).toBeNull();
  });
});

describe('the groups of refusals', () => {
  const group = (name: string, cause: string, count: number, kind = 'a') => ({ group: name, cause, title: '', project: 'bas', kind, count, example: '' });
  const groups: Groups = { total: 9, byCause: [], groups: [group('score', 'wrong-value', 2), group('sha2', 'missing-value', 3), group('sha2', 'missing-value', 4, 'b')] };
  it('tell how many fit a cause and a refusal', () => {
    expect([countOf(groups, { cause: '', reason: '' }), countOf(groups, { cause: 'missing-value', reason: '' }), countOf(groups, { cause: '', reason: 'score' })]).toEqual([9, 7, 2]);
    expect(countOf(groups, { cause: 'wrong-value', reason: 'sha2' })).toBe(0);
  });
  it('name a refusal once, the most frequent first, and those of the chosen cause alone', () => {
    expect(refusalsOf(groups, '')).toEqual([{ group: 'sha2', count: 7 }, { group: 'score', count: 2 }]);
    expect(refusalsOf(groups, 'wrong-value')).toEqual([{ group: 'score', count: 2 }]);
  });
});

it('what was not done is told by verdict, the most frequent first', () => {
  const item = (verdict: string) => ({ id: '', statementId: null, verdict, text: `about ${verdict}` });
  const left = leftOver({ asked: 4, done: 1, items: [item('queued'), item('conflict'), item('source-changed'), item('conflict')] }, 'queued');
  expect(left.map((one) => [one.verdict, one.count])).toEqual([
    ['conflict', 2],
    ['source-changed', 1],
  ]);
});

it('a comment says something from three letters on, spaces not counted', () => {
  expect(saysSomething(' а б ')).toBe(false);
  expect(saysSomething('нет')).toBe(true);
});

it('numbers agree with their words', () => {
  const l = new Locale('ru');
  expect(texts.ru.lead(1, l)).toContain('1\u00a0запись отказана');
  expect(texts.ru.lead(64, l)).toContain('64\u00a0записи отказаны');
  expect(texts.ru.lead(11, l)).toContain('11\u00a0записей отказаны');
  expect(texts.en.lead(1, new Locale('en'))).toContain('1\u00a0statement was refused');
});
