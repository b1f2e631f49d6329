/** As plugin/api/MatchApi.cpp, MatchApply.cpp and MatchRejections.cpp tell it. */

export type What = 'learners' | 'elements';
export type Contour = 'production' | 'test';
export const elementKinds = ['programme', 'flow', 'module', 'theme'] as const;
export type ElementKind = (typeof elementKinds)[number];
export type Kind = 'learner' | ElementKind;
export const reasons = ['named-in-table', 'same-leader-id', 'same-title', 'same-title-folded', 'same-email'] as const;
export type Reason = (typeof reasons)[number];

export interface Suggestion {
  value: string;
  reason: Reason;
  /** The server's words for the reason. */
  text: string;
  /** Where it comes from: a title of the table, or "unti-ids/3, 17" (import, row). */
  from: string;
  /** Nothing else fits, on either side. */
  unique: boolean;
}

/** A suggestion that a person said no to. */
export interface Rejection {
  value: string;
  reason: Reason;
  text: string;
  from: string;
  rejectedAt: string;
  rejectedBy: string;
}

/** A record without a counterpart at University 2035. */
export interface Lacking {
  kind: Kind;
  id: string;
  externalId: string;
  title: string;
  parent: string;
  suggestions: Suggestion[];
  rejected: Rejection[];
}

/** Of the whole list: by the first suggestion's reason, `none` without one; `fitting`: of what it is narrowed to. */
export interface Summary {
  total: number;
  rejected: number;
  byReason: Partial<Record<Reason | 'none', { count: number; unique: number }>>;
  fitting: { count: number; acceptable: number; byReason: Partial<Record<Reason, number>> };
}

export type RowState = 'applying' | 'applied' | 'same' | 'refused' | 'undone' | 'kept';
export const rowStates: readonly RowState[] = ['applied', 'refused', 'same', 'undone', 'kept', 'applying'];
export type RowCode = '' | 'no-record' | 'changed' | 'taken' | 'not-valid' | 'kept';

export interface MatchRow {
  kind: Kind;
  id: string;
  externalId: string;
  /** Empty: the record is gone, or has none. */
  title: string;
  value: string;
  state: RowState;
  code: RowCode;
}

export interface Match {
  id: string;
  what: What;
  contour: Contour | '';
  revision: number;
  createdAt: string;
  createdBy: string;
  undoneAt: string | null;
  undoneBy: string;
  counts: Partial<Record<RowState, number>>;
  rows?: MatchRow[];
}
