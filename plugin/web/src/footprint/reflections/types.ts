/** As plugin/api/ReflectionDocs.cpp tells it. */

import type { RowNames } from '../lists/row-names';

export interface Judgement {
  decision: 'accept' | 'hold';
  comment: string;
  by: string;
  at: string;
}
export interface Check {
  code: string;
  reason: string;
  fix: string;
}
export interface Reflection extends RowNames {
  id: string;
  revision: number;
  project: string;
  programme: string;
  flow: string;
  module: string | null;
  learner: string;
  learnerExternalId?: string;
  verdict: 'fine' | 'borderline' | 'flagged';
  checks: Check[];
  judgement: Judgement | null;
  checkedAt: string;
}
export interface Piece {
  text: string;
  same: boolean;
}
export interface Resemblance {
  /** Absent: the programme's own description. */
  reflection?: string;
  flow?: string;
  learner?: string;
  share: number;
  fragment: string;
  this?: Piece[];
  other?: Piece[];
}
export interface Finding {
  code: string;
  verdict: 'borderline' | 'flagged';
  reason?: string;
  fix?: string;
  share: number;
  /** Not told by every server. */
  threshold?: number;
  resembles: Resemblance[];
}
export interface ReflectionDetail extends Reflection {
  text: string | null;
  changed: boolean;
  findings: Finding[];
}
export interface Summary {
  total: number;
  byVerdict: Record<string, number>;
}
