/** Routes of a connection and their runs, as the REST has them. */

import type { Diagnosis, Run, Schedule } from '../connections/model';

export { connectionPath, isBrought, isGoing, mayHere, routePath, takes, type Connection, type Diagnosis, type Run, type Schedule, type SourceField, type SourceKind } from '../connections/model';

export interface Watermark {
  column: string;
  type: 'number' | 'time' | 'text';
  overlapSeconds: number;
  ordered: boolean;
}

export type Settings = Record<string, unknown>;
export type Mapping = Record<string, unknown>;

export interface Route {
  name: string;
  title: string;
  prefix: string;
  position: number;
  enabled: boolean;
  schedule: Schedule | null;
  settings: Settings;
  mapping: Mapping;
  watermark: Watermark | null;
  onError: 'skip' | 'stop';
  deletions: 'keep' | 'follow';
  maxDeletedPercent: number;
  fromSet: string;
  readUpTo: string | null;
  latestRun: Run | null;
  revision: number;
  changedAt: string;
  changedBy: string;
}

export interface RowError {
  place: string;
  column: string;
  value: string;
  reason: string;
  fix: string;
}

export interface TrialRow {
  place: string;
  source: Record<string, string | null>;
  outcome: string;
  record: Record<string, unknown> | null;
  errors: RowError[];
}

export interface Trial {
  columns: string[];
  rows: TrialRow[];
  diagnoses: Diagnosis[];
}
