/** What the server tells of statements, records and receipts. */

import type { RowNames } from '../lists/row-names';

export type StatementState = 'waiting' | 'sending' | 'in_doubt' | 'accepted' | 'confirmed' | 'quarantined' | 'withdrawn';

export const statementStates: readonly StatementState[] = [
  'waiting',
  'sending',
  'in_doubt',
  'accepted',
  'confirmed',
  'quarantined',
  'withdrawn',
];

export interface RecordRef {
  kind: string;
  id: string;
  revision: number;
}

export interface StatementRow extends RowNames {
  id: string;
  statementId: string;
  project: string;
  kind: string;
  state: StatementState;
  flow: string;
  learner: string | null;
  record: RecordRef;
  attempts: number;
  size: number;
  createdAt: string;
  nextAt: string | null;
  answeredAt: string | null;
}

export interface StatementSummary {
  total: number;
  byState: Partial<Record<StatementState, number>>;
}

export interface Xapi {
  id?: string;
  object?: { definition?: { name?: Record<string, string> } };
  [name: string]: unknown;
}

export interface StatementDetail extends StatementRow {
  dependsOn: { statementId: string; state: string } | null;
  statement: Xapi;
}

export interface SourceRecord {
  id: string;
  source: string;
  externalId: string;
  revision: number;
  changedAt: string;
  deleted: boolean;
  [name: string]: unknown;
}

export interface Refusal {
  at?: string;
  status: number;
  conflict: boolean;
  reason: string;
  errorId: string;
}

export interface Decision {
  action: 'replay' | 'discard' | 'restore' | 'renewed';
  comment: string;
  by: string;
  at: string;
}

export interface Post {
  batch: string;
  run: string;
  place: number | null;
  statements: number;
  startedAt?: string | null;
  answeredAt?: string | null;
  outcome: string;
  status: number;
  message: string;
  errorId: string;
}

export interface ReadBack {
  verdict: string;
  at: string;
  timesMissing: number;
  difference: { pointer: string; ours: string; theirs: string } | null;
}

export interface WayStatement {
  id: string;
  statementId: string;
  project: string;
  kind: string;
  state: StatementState;
  revision: number;
  flow: string;
  cancels: string | null;
  dependsOn: string | null;
  profileVersion: string;
  plannedInRun: string;
  createdAt?: string;
  timestamp?: string;
  size: number;
  answeredAt?: string | null;
  refusal: Refusal | null;
  word: { word: string; comment: string; by: string; at: string } | null;
  superseded: boolean;
  correction: { decision: 'cancel' | 'keep'; comment: string; by: string; at: string } | null;
  decisions: Decision[];
  posts: Post[];
  files: string[];
  readBack: ReadBack | null;
}

export interface WayUnsendable {
  run: string;
  origin: string;
  revision: number;
  kind: string;
  code: string;
  field?: string;
  reason: string;
  fix: string;
}

export interface RecordWay {
  record: { kind: string; id: string };
  flow: string | null;
  source: SourceRecord | null;
  check: {
    outcome: 'planned' | 'unsendable' | 'corrected' | 'none';
    unsendable: WayUnsendable[];
    leftOut: string | null;
    reflection: { verdict: string; revision: number; checks: string[]; decision: string | null; comment: string | null } | null;
  };
  statements: WayStatement[];
}

export interface Receipt {
  id: string;
  hash: string;
  summary: string;
  receipt: {
    number: number;
    project: string;
    flow: string | null;
    run: string;
    at: string;
    planned: number;
    sent: number;
    confirmed: number;
    missing: number;
    lost: number;
    differs: number;
    voided: number;
    refused: number;
    waiting: number;
    inDoubt: number;
    read: { mode: string; asked: number; of: number; unanswered: number; late: number; note: string };
    totals: { accepted: number; confirmed: number; differs: number; lost: number; voided: number };
  };
}

export interface Verification {
  intact: boolean;
  receipts: number;
  hash: string;
  broken: { number: number; id: string | null; reason: string } | null;
  summary: string;
}

/** What the statement is about, in its own words. */
export function nameOf(statement: Xapi | null | undefined): string {
  const names = statement?.object?.definition?.name;
  if (!names) return '';
  return names['ru-RU'] ?? names.ru ?? Object.values(names)[0] ?? '';
}
