/** What the server tells of quarantine. */

import type { Decision, RecordRef, SourceRecord, StatementState, Xapi } from '../statements/model';

export type QuarantineState = 'open' | 'replayed' | 'discarded' | 'superseded';

export interface QuarantineRow {
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
  flow: string;
  learner: string;
  reason: string;
}
