/** What the server tells of quarantine. */

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

export interface Filter {
  state: 'open' | 'replayed' | 'discarded';
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
