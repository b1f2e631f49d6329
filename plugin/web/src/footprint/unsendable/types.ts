/** As plugin/api/UnsendableApi.cpp, CorrectionsApi.cpp and UntiIdsView.cpp tell it. */

import type { RowNames } from '../lists/row-names';

export interface RecordRef {
  kind: string;
  id: string;
  revision: number;
}
export type Origin = 'statements' | 'tables' | 'xapi-files' | 'test-tables';

export interface Unsendable extends RowNames {
  id: string;
  run: string;
  origin: Origin;
  project: string;
  flow: string;
  learner: string | null;
  learnerExternalId?: string;
  record: RecordRef;
  kind: string;
  code: string;
  field: string;
  reason: string;
  fix: string;
}
export interface UnsendableSummary {
  total: number;
  byCode: Record<string, number>;
  /** How many people each reason concerns. */
  learners: Record<string, number>;
}

export interface Correction extends RowNames {
  id: string;
  statement: string;
  kind: string;
  record: RecordRef;
  flow: string;
  learner: string | null;
  decision: 'cancel' | 'keep';
  letter: string | null;
  comment: string;
  decidedBy: string;
  decidedAt: string;
  cancellation: string | null;
}

export interface Columns {
  sheets: string[];
  sheet: string;
  titleRow: number;
  rows: number;
  columns: { column: string; field: string | null; namesALearner: boolean }[];
}

export const rowStates = [
  'matched', 'conflicting', 'applied', 'applying', 'unmatched', 'ambiguous', 'taken', 'bad-unti-id', 'refused', 'left-out', 'same', 'repeated', 'kept', 'undone',
] as const;
export type RowState = (typeof rowStates)[number];

export interface Import {
  id: string;
  contour: 'production' | 'test';
  revision: number;
  createdAt: string;
  createdBy: string;
  columns: { field: string; column: string }[];
  rows: number;
  counts: Partial<Record<RowState, number>>;
  appliedAt: string | null;
  appliedBy: string;
  undoneAt: string | null;
  undoneBy: string;
  outcome?: Partial<Record<RowState, number>>;
}
export interface ImportRow {
  row: number;
  untiId: string;
  flow: string;
  status: string;
  cells: Record<string, string>;
  state: RowState;
  learner: string | null;
  learnerExternalId: string;
  previous: string;
  code: string;
  reason: string;
  fix: string;
}
export interface Contradiction {
  learner: string;
  learnerExternalId: string;
  contour: 'production' | 'test';
  confirmed: string;
  record: string;
  code: string;
  reason: string;
  fix: string;
}
