/** What the server tells of quarantine. */

import { readAsked } from '@kit/way';
import type { RowNames } from '../lists/row-names';
import type { Decision, RecordRef, SourceRecord, StatementState, Xapi } from '../statements/model';

export type QuarantineState = 'open' | 'replayed' | 'discarded' | 'superseded';

export interface QuarantineRow extends RowNames {
  id: string;
  statementId: string;
  state: QuarantineState;
  statementState: StatementState;
  project: string;
  kind: string;
  flow: string;
  learner: string | null;
  learnerExternalId?: string;
  record: RecordRef;
  source: { state: 'same' | 'changed' | 'deleted' | 'missing' | 'none'; revision: number | null };
  reason: string;
  group: string;
  cause: string;
  title: string;
  meaning: string;
  fix: string;
  outlook: string;
  conflict: boolean;
  status: number;
  errorId: string;
  refusedAt: string;
  dependents: number;
  word: { word: 'replay' | 'discard'; comment: string; by: string; at: string } | null;
}

export interface QuarantineDetail extends QuarantineRow {
  answer: { status: number; text: string; errorId: string; batch: string; statements: number; at: string | null } | null;
  place: number | null;
  attempts: number;
  statement: Xapi;
  sourceRecord: SourceRecord | null;
  history: Decision[];
}

export interface Groups {
  total: number;
  byCause: { cause: string; title: string; count: number }[];
  groups: { group: string; cause: string; title: string; project: string; kind: string; count: number; example: string }[];
}

export interface Verdicts {
  asked: number;
  done: number;
  items: { id: string; statementId: string | null; verdict: string; text: string }[];
}

/** `queued`: to be repeated and not gone yet; `replayed` of the server keeps what went since. */
export const tabs = ['open', 'queued', 'discarded'] as const;
export type Tab = (typeof tabs)[number];

export interface Filter {
  state: Tab;
  cause: string;
  /** A group of refusals, as the server names it. */
  reason: string;
  project: string;
  flow: string;
  /** What the refusals of that run put aside. */
  run: string;
  q: string;
}
export const everything: Filter = { state: 'open', cause: '', reason: '', project: '', flow: '', run: '', q: '' };

/** What an address asks for; one that was kept may name a tab of old. */
export function filterOf(asked: string): Filter {
  const filter = readAsked(asked, everything);
  return tabs.includes(filter.state) ? filter : { ...filter, state: (filter.state as string) === 'replayed' ? 'queued' : 'open' };
}

/** What becomes of it by itself comes before the cause: a repeat is refused then. */
export function goesByItself(one: Pick<QuarantineRow, 'state' | 'source'>): boolean {
  return one.state === 'open' && one.source.state === 'changed';
}

/**
 * What a person does next with an open record; null: nothing, it goes by itself. What is no longer at the source can't be
 * repeated, so it is discarded.
 */
export function nextStep(one: Pick<QuarantineRow, 'state' | 'source' | 'word'>): 'replay' | 'discard' | 'restore' | null {
  if (one.word) return one.word.word === 'discard' ? 'restore' : null;
  if (goesByItself(one)) return null;
  return one.source.state === 'deleted' || one.source.state === 'missing' ? 'discard' : 'replay';
}

/** How many of the groups fit: they are counted for all causes and refusals. */
export function countOf(groups: Groups, filter: Pick<Filter, 'cause' | 'reason'>): number {
  const fits = (one: Groups['groups'][number]) => (!filter.cause || one.cause === filter.cause) && (!filter.reason || one.group === filter.reason);
  return groups.groups.filter(fits).reduce((sum, one) => sum + one.count, 0);
}

/** Refusals to choose from, of the cause that is chosen; the same one of several kinds and projects is one. */
export function refusalsOf(groups: Groups, cause: string): { group: string; count: number }[] {
  const found = new Map<string, number>();
  for (const one of groups.groups) if (!cause || one.cause === cause) found.set(one.group, (found.get(one.group) ?? 0) + one.count);
  return [...found].map(([group, count]) => ({ group, count })).sort((a, b) => b.count - a.count);
}
