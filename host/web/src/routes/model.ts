/** Routes of a connection and their runs, as the REST has them. */

export interface SourceField {
  name: string;
  type: 'text' | 'multiline' | 'number' | 'flag' | 'choice' | 'secret' | 'list' | 'map';
  required: boolean;
  title: string;
  hint?: string;
  example?: string;
  /** What it is when not given. */
  fallback?: string;
  choices?: string[];
  min?: number;
  max?: number;
}

/** An entry of GET /api/v1/source-kinds. */
export interface SourceKind {
  name: string;
  title: string;
  /** Rows have columns of their own; else a mapping's columns are paths into an item. */
  namesColumns: boolean;
  takesWatermark: boolean;
  connection: SourceField[];
  route: SourceField[];
}

export interface Connection {
  name: string;
  kind: string;
  title: string;
  enabled: boolean;
  schedule: Schedule | null;
}

export interface Schedule {
  cron: string;
  zone: string;
}

export interface Watermark {
  column: string;
  type: 'number' | 'time' | 'text';
  overlapSeconds: number;
  ordered: boolean;
}

export type Settings = Record<string, unknown>;
export type Mapping = Record<string, unknown>;

export interface Diagnosis {
  code: string;
  title: string;
  detail: string;
  fix: string;
  advice: string;
}

export type RunState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

export interface Run {
  id: string;
  mode: 'full' | 'incremental';
  trigger: 'schedule' | 'manual' | 'request' | 'upload' | 'folder';
  requestedBy: string;
  state: RunState;
  startedAt: string;
  finishedAt: string | null;
  counts: Record<string, number>;
  diagnoses: Diagnosis[];
}

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

export function isGoing(run: Run | null | undefined): boolean {
  return run?.state === 'running' || run?.state === 'waiting';
}

/** Records are brought to it: it asks nobody, so it is neither run nor put on the clock. */
export function isBrought(kind: string): boolean {
  return kind === 'listen' || kind === 'files';
}

export function connectionPath(organization: string, connection: string): string {
  return `/api/v1/organizations/${encodeURIComponent(organization)}/connections/${encodeURIComponent(connection)}`;
}
export function routePath(organization: string, connection: string, route: string): string {
  return `${connectionPath(organization, connection)}/routes/${encodeURIComponent(route)}`;
}
