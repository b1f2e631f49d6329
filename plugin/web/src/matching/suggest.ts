/** How sure a suggestion is, which of them many at once may take, and what is sent for those that were chosen. */

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
  /** How many of them many at once may take. */
  bulk: number;
}

export function countFacets(rows: readonly Lacking[]): FacetCount[] {
  const found = new Map<Facet, FacetCount>();
  for (const row of rows)
    for (const facet of [facetOf(row), ...(row.rejected.length > 0 ? ['rejected' as const] : [])]) {
      const one = found.get(facet) ?? { facet, count: 0, bulk: 0 };
      one.count += 1;
      if (bulkOf(row)) one.bulk += 1;
      found.set(facet, one);
    }
  return [...reasons, 'none' as const, 'rejected' as const].flatMap((facet) => found.get(facet) ?? []);
}

/** The same as the server counts them, before the list has been read. */
export function countsOf({ total, rejected, byReason }: Summary): { total: number; counts: FacetCount[] } {
  const counts: FacetCount[] = [...reasons, 'none' as const].flatMap((facet) => {
    const one = byReason[facet];
    return one ? [{ facet, count: one.count, bulk: facet === 'same-email' ? 0 : one.unique }] : [];
  });
  return { total, counts: rejected > 0 ? [...counts, { facet: 'rejected', count: rejected, bulk: 0 }] : counts };
}

const folded = (text: string): string => text.toLowerCase().replace(/ё/g, 'е');

/** Every word of the search stands somewhere in the row. */
export function fits(row: Lacking, q: string, reason: string): boolean {
  if (reason && (reason === 'rejected' ? row.rejected.length === 0 : facetOf(row) !== reason)) return false;
  if (!q) return true;
  const text = folded([row.title, row.externalId, row.parent, ...row.suggestions.map((one) => one.value)].join(' '));
  return folded(q).split(/\s+/).every((word) => text.includes(word));
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

/** The server takes so many at a time; each piece is an acceptance of its own. */
export const mostAtOnce = 5000;

export function bodiesOf(what: What, contour: Contour, wishes: readonly Wish[]): object[] {
  const bodies: object[] = [];
  for (let from = 0; from < wishes.length; from += mostAtOnce) {
    const part = wishes.slice(from, from + mostAtOnce);
    bodies.push(
      what === 'learners'
        ? { contour, items: part.map(({ row, value }) => ({ learner: row.id, untiId: value })) }
        : { items: part.map(({ row, value }) => ({ kind: row.kind, id: row.id, u2035Id: value })) },
    );
  }
  return bodies;
}

export interface ReasonCount {
  reason: Reason;
  text: string;
  count: number;
}

/** What a person confirms: how many of each reason, the most frequent first. */
export function byReason(wishes: readonly Wish[]): ReasonCount[] {
  const found = new Map<Reason, ReasonCount>();
  for (const { row, value } of wishes) {
    const one = row.suggestions.find((suggestion) => suggestion.value === value);
    if (!one) continue;
    const known = found.get(one.reason);
    if (known) known.count += 1;
    else found.set(one.reason, { reason: one.reason, text: one.text, count: 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
