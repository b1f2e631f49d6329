import { expect, it } from 'vitest';
import { everything } from './filter';
import { belongs, bodyOf, bulkOf, countsOf, isU2035Id, orderOfAll, orderOfRows, recounted, rejectedIn, restoredIn, surenessOf } from './suggest';
import type { Lacking, Reason, Suggestion, Summary } from './types';

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

it('what one row is said not to have stands alone for the other, until that is taken back', () => {
  const one = row('1', suggestion('same-leader-id', '5', false));
  const other = row('2', suggestion('same-leader-id', '5', false));
  const third = row('3');
  const rejected = rejectedIn(one, one.suggestions[0]!, 'anna', '2025-09-15T07:00:00Z');
  const after = recounted([rejected, other, third]);
  expect(after.map((each) => each.suggestions.map(({ value, unique }) => [value, unique]))).toEqual([[], [['5', true]], []]);
  expect(after[2]).toBe(third);
  expect([belongs(after[0]!, 'rejected'), belongs(after[0]!, 'none'), belongs(after[1]!, 'rejected'), belongs(after[1]!, '')]).toEqual([true, true, false, true]);
  expect(recounted([restoredIn(rejected, rejected.rejected[0]!), after[1]!])).toEqual([one, other]);
});

const summary: Summary = {
  total: 4,
  rejected: 1,
  byReason: { none: { count: 1, unique: 0 }, 'same-leader-id': { count: 3, unique: 2 } },
  fitting: { count: 3, acceptable: 3, byReason: { 'same-title': 1, 'same-leader-id': 2 } },
};

it('facets have the server’s counts, and the chosen one stays in sight when none of it is left', () => {
  expect(countsOf(summary, '').counts.map(({ facet, count }) => [facet, count])).toEqual([['same-leader-id', 3], ['none', 1], ['rejected', 1]]);
  expect(countsOf(summary, 'same-email').counts.map(({ facet }) => facet)).toContain('same-email');
});

it('everything is accepted by the filter and the count that was seen, rejected ones as a filter of their own', () => {
  const filter = { ...everything, contour: 'test' as const, q: 'анна', reason: 'rejected', flow: '7', kind: 'theme' };
  expect(orderOfAll('learners', filter, 3, summary)).toEqual({
    count: 3,
    reasons: [{ reason: 'same-leader-id', count: 2 }, { reason: 'same-title', count: 1 }],
    body: { contour: 'test', filter: { q: 'анна', flow: '7', rejected: true }, expected: 3 },
  });
  expect(orderOfAll('elements', { ...filter, reason: 'same-title' }, 3, summary).body).toEqual({ filter: { q: 'анна', reason: 'same-title', kind: 'theme' }, expected: 3 });
});

it('an id typed by hand is a positive whole number as the server takes it', () => {
  expect(['1', '5500123', '0', '012', '-3', '7x', '', '99999999999999999999'].map(isU2035Id)).toEqual([true, true, false, false, false, false, false, false]);
});

it('rows that were chosen are named, and what a person has to look at is not among them', () => {
  const order = orderOfRows('learners', 'production', [row('1', suggestion('same-title')), row('2', suggestion('named-in-table', '5')), row('3', suggestion('named-in-table', '6')), row('4', suggestion('same-email')), row('5')]);
  expect(order.reasons.map((one) => [one.reason, one.count])).toEqual([['named-in-table', 2], ['same-title', 1]]);
  expect(order.body).toEqual({ contour: 'production', items: [{ learner: '1', untiId: '11' }, { learner: '2', untiId: '5' }, { learner: '3', untiId: '6' }] });
  expect(bodyOf('elements', 'production', [{ row: { ...row('3'), kind: 'theme' }, value: '91' }])).toEqual({ items: [{ kind: 'theme', id: '3', u2035Id: '91' }] });
});
