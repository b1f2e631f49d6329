/** How sure a suggestion is, which of them many at once may take (as plugin/api/MatchLists.cpp), and what is sent for those that were chosen. */

import type { Filter } from './filter';
import { reasons, type Contour, type Lacking, type Reason, type Rejection, type Suggestion, type Summary, type What } from './types';

export type Sureness = 'sure' | 'likely' | 'check';

/** An e-mail is nobody's proof, and what fits several is a question for a person. */
export function surenessOf(one: Suggestion): Sureness {
  if (!one.unique || one.reason === 'same-email') return 'check';
  return one.reason === 'named-in-table' || one.reason === 'same-leader-id' ? 'sure' : 'likely';
}

/** What many at once may take of a row; null: a person has to look at it. */
export function bulkOf(row: Lacking): Suggestion | null {
  const [first, second] = row.suggestions;
  return first && !second && surenessOf(first) !== 'check' ? first : null;
}

/** By which facet a row is found: its first suggestion's reason, or that there is none; besides, whether one was rejected. */
export type Facet = Reason | 'none' | 'rejected';
export function facetOf(row: Lacking): Reason | 'none' {
  return row.suggestions[0]?.reason ?? 'none';
}

export interface FacetCount {
  facet: Facet;
  count: number;
}

/** By the server's summary. What the list is narrowed to stays in sight when none of it is left. */
export function countsOf({ total, rejected, byReason }: Summary, chosen: string): { total: number; counts: FacetCount[] } {
  const count = (facet: Facet): number => (facet === 'rejected' ? rejected : (byReason[facet]?.count ?? 0));
  const all: Facet[] = [...reasons, 'none', 'rejected'];
  return { total, counts: all.map((facet) => ({ facet, count: count(facet) })).filter((one) => one.count > 0 || one.facet === chosen) };
}

/** Whether a row belongs to a facet still, once it was changed here. */
export function belongs(row: Lacking, facet: string): boolean {
  return !facet || (facet === 'rejected' ? row.rejected.length > 0 : facetOf(row) === facet);
}

/** The row as the server will tell it once its suggestion was rejected. */
export function rejectedIn(row: Lacking, one: Suggestion, by: string, at: string): Lacking {
  const { value, reason, text, from } = one;
  return { ...row, suggestions: row.suggestions.filter((other) => other !== one), rejected: [...row.rejected, { value, reason, text, from, rejectedAt: at, rejectedBy: by }] };
}

/** The row once the rejection was taken back. */
export function restoredIn(row: Lacking, one: Rejection): Lacking {
  const { value, reason, text, from } = one;
  return { ...row, suggestions: [...row.suggestions, { value, reason, text, from, unique: false }], rejected: row.rejected.filter((other) => other !== one) };
}

/**
 * Which suggestions stand alone on both sides, as plugin/identities/Suggestions.cpp counts it: a rejection changes that of other rows
 * too. Rows that stay as they were are the same objects.
 */
export function recounted(rows: readonly Lacking[]): Lacking[] {
  const wanted = new Map<string, number>();
  const key = (row: Lacking, one: Suggestion) => `${row.kind} ${one.value}`;
  for (const row of rows) for (const one of row.suggestions) wanted.set(key(row, one), (wanted.get(key(row, one)) ?? 0) + 1);
  return rows.map((row) => {
    const isUnique = (one: Suggestion) => row.suggestions.length === 1 && wanted.get(key(row, one)) === 1;
    return row.suggestions.every((one) => one.unique === isUnique(one)) ? row : { ...row, suggestions: row.suggestions.map((one) => ({ ...one, unique: isUnique(one) })) };
  });
}

/** University 2035's ids are positive whole numbers without a zero in front. */
export function isU2035Id(text: string): boolean {
  return /^[1-9]\d{0,18}$/.test(text);
}

export interface Wish {
  row: Lacking;
  value: string;
}

/** The server takes so many by name; all that a filter gives it takes whole. */
export const mostByName = 5000;

export function bodyOf(what: What, contour: Contour, wishes: readonly Wish[]): object {
  return what === 'learners'
    ? { contour, items: wishes.map(({ row, value }) => ({ learner: row.id, untiId: value })) }
    : { items: wishes.map(({ row, value }) => ({ kind: row.kind, id: row.id, u2035Id: value })) };
}

/** What the list is narrowed to as query and body tell it. */
export function narrowingOf(what: What, { q, reason, flow, kind }: Filter): Record<string, string | boolean> {
  const rejected = reason === 'rejected';
  const all = { q, reason: rejected ? '' : reason, flow: what === 'learners' ? flow : '', kind: what === 'elements' ? kind : '' };
  return { ...Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')), ...(rejected ? { rejected } : {}) };
}

/** What a person confirms. */
export interface Order {
  count: number;
  /** How many of each reason, the most frequent first. */
  reasons: { reason: Reason; count: number }[];
  body: object;
}

const byCount = (found: ReadonlyMap<Reason, number>): Order['reasons'] => [...found].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);

/** Of rows that were chosen one by one. */
export function orderOfRows(what: What, contour: Contour, rows: readonly Lacking[]): Order {
  const wishes = rows.flatMap((row) => {
    const one = bulkOf(row);
    return one ? [{ row, value: one.value }] : [];
  });
  const found = new Map<Reason, number>();
  for (const { row } of wishes) found.set(row.suggestions[0]!.reason, (found.get(row.suggestions[0]!.reason) ?? 0) + 1);
  return { count: wishes.length, reasons: byCount(found), body: bodyOf(what, contour, wishes) };
}

/** Of everything that the filter gives; the server does nothing when it isn't `count` any more. */
export function orderOfAll(what: What, filter: Filter, count: number, { fitting }: Summary): Order {
  const { contour } = filter;
  return {
    count,
    reasons: byCount(new Map(Object.entries(fitting.byReason) as [Reason, number][])),
    body: { ...(what === 'learners' ? { contour } : {}), filter: narrowingOf(what, filter), expected: count },
  };
}
