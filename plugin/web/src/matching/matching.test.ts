import { expect, it, vi } from 'vitest';
import { Gathering } from './gathering';
import { bodiesOf, bulkOf, byReason, countFacets, countsOf, fits, isU2035Id, recounted, rejectedIn, restoredIn, surenessOf } from './suggest';
import type { Lacking, Reason, Suggestion } from './types';

const suggestion = (reason: Reason, value = '11', unique = true): Suggestion => ({ value, reason, text: reason, from: '', unique });
const row = (id: string, ...suggestions: Suggestion[]): Lacking => ({ kind: 'learner', id, externalId: `s-${id}`, title: `Семёнова Анна ${id}`, parent: 'Осень', suggestions, rejected: [] });

it('many at once never take an e-mail, nor what fits several', () => {
  expect(bulkOf(row('1', suggestion('same-leader-id')))?.value).toBe('11');
  expect(bulkOf(row('2', suggestion('same-email')))).toBeNull();
  expect(bulkOf(row('3', suggestion('same-leader-id', '11', false)))).toBeNull();
  expect(bulkOf(row('4', suggestion('named-in-table', '1'), suggestion('named-in-table', '2')))).toBeNull();
  expect(bulkOf(row('5'))).toBeNull();
});

it('how sure a suggestion is goes by its reason, and an ambiguous one is for a person', () => {
  expect([suggestion('named-in-table'), suggestion('same-title'), suggestion('same-title-folded'), suggestion('same-email'), suggestion('named-in-table', '1', false)].map(surenessOf)).toEqual([
    'sure', 'likely', 'likely', 'check', 'check',
  ]);
});

it('counts by reason say how many of them may be taken at once', () => {
  const counts = countFacets([row('1', suggestion('same-email')), row('2', suggestion('same-leader-id')), row('3', suggestion('same-leader-id', '5', false)), row('4')]);
  expect(counts).toEqual([
    { facet: 'same-leader-id', count: 2, bulk: 1 },
    { facet: 'same-email', count: 1, bulk: 0 },
    { facet: 'none', count: 1, bulk: 0 },
  ]);
});

it('what one row is said not to have stands alone for the other, until that is taken back', () => {
  const one = row('1', suggestion('same-leader-id', '5', false));
  const other = row('2', suggestion('same-leader-id', '5', false));
  const third = row('3');
  const rejected = rejectedIn(one, one.suggestions[0]!, 'anna', '2025-09-15T07:00:00Z');
  const after = recounted([rejected, other, third]);
  expect(after.map((each) => each.suggestions.map(({ value, unique }) => [value, unique]))).toEqual([[], [['5', true]], []]);
  expect(after[2]).toBe(third);
  expect([fits(after[0]!, '', 'rejected'), fits(after[0]!, '', 'none'), fits(after[1]!, '', 'rejected')]).toEqual([true, true, false]);
  expect(countFacets(after).map(({ facet, count, bulk }) => [facet, count, bulk])).toEqual([['same-leader-id', 1, 1], ['none', 2, 0], ['rejected', 1, 0]]);
  expect(recounted([restoredIn(rejected, rejected.rejected[0]!), after[1]!])).toEqual([one, other]);
});

it('the server counts by reason as the list does once it is read', () => {
  const rows = [row('1', suggestion('same-email')), row('2', suggestion('same-leader-id')), row('3', suggestion('same-leader-id', '5', false)), { ...row('4'), rejected: rejectedIn(row('5', suggestion('same-title')), suggestion('same-title'), 'a', '').rejected }];
  expect(countsOf({ total: 4, rejected: 1, byReason: { none: { count: 1, unique: 0 }, 'same-email': { count: 1, unique: 1 }, 'same-leader-id': { count: 2, unique: 1 } } })).toEqual({ total: 4, counts: countFacets(rows).map((one) => (one.facet === 'rejected' ? { ...one, bulk: 0 } : one)) });
});

it('a search takes е for ё, any case, and words in any order', () => {
  const one = row('7', suggestion('same-leader-id', '5500123'));
  expect([fits(one, 'анна СЕМЕНОВА', ''), fits(one, '5500', ''), fits(one, 's-7', ''), fits(one, 'анна орлова', ''), fits(one, '', 'none')]).toEqual([true, true, true, false, false]);
});

it('an id typed by hand is a positive whole number as the server takes it', () => {
  expect(['1', '5500123', '0', '012', '-3', '7x', '', '99999999999999999999'].map(isU2035Id)).toEqual([true, true, false, false, false, false, false, false]);
});

it('more than the server takes at a time goes in pieces', () => {
  const wishes = Array.from({ length: 5001 }, (_, i) => ({ row: row(String(i)), value: '1' }));
  expect(bodiesOf('learners', 'test', wishes).map((body) => (body as { items: unknown[] }).items.length)).toEqual([5000, 1]);
  expect(bodiesOf('elements', 'production', [{ row: { ...row('3'), kind: 'theme' }, value: '91' }])).toEqual([{ items: [{ kind: 'theme', id: '3', u2035Id: '91' }] }]);
});

it('what is confirmed is told by reason, the most frequent first', () => {
  const wish = (reason: Reason) => ({ row: row('1', suggestion(reason)), value: '11' });
  expect(byReason([wish('same-title'), wish('named-in-table'), wish('named-in-table'), { row: row('2'), value: '8' }]).map((one) => [one.reason, one.count])).toEqual([
    ['named-in-table', 2],
    ['same-title', 1],
  ]);
});

it('a list that is read page by page gives the rows that fit as soon as they are there', async () => {
  const pages = [
    { items: [1, 2, 3], next: 'a' },
    { items: [4, 5, 6], next: null },
  ];
  const grown = vi.fn();
  const all = new Gathering<number>(async () => pages.shift()!, grown);
  expect(await all.slice((n) => n % 2 === 0, 0, 1)).toEqual({ items: [2], isEnd: false });
  expect(await all.slice((n) => n % 2 === 0, 1, 5)).toEqual({ items: [4, 6], isEnd: true });
  expect(grown).toHaveBeenCalledTimes(2);
});

it('a reading that broke off says so and goes on from there', async () => {
  let broken = true;
  const all = new Gathering<number>(
    async (cursor) => {
      if (cursor === 'a' && broken) throw new Error('cut off');
      return cursor ? { items: [2], next: null } : { items: [1], next: 'a' };
    },
    () => {},
  );
  await expect(all.slice(() => true, 0, 5)).rejects.toThrow('cut off');
  broken = false;
  all.retry();
  expect(await all.slice(() => true, 0, 5)).toEqual({ items: [1, 2], isEnd: true });
});
