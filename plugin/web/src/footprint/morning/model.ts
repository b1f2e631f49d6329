/** What the server tells of nights, alarms and readiness. */

export type RunState = 'queued' | 'running' | 'done' | 'incomplete' | 'failed' | 'stopped' | 'interrupted';

export interface Run {
  id: string;
  state: RunState;
  step: string;
  trigger: 'schedule' | 'manual' | 'follow-up';
  requestedBy: string;
  arguments: {
    dryRun?: boolean;
    only?: string;
    contour?: string;
    flow?: number;
    resend?: string;
    [name: string]: unknown;
  };
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  counts: Record<string, number>;
  /** The same counts by project, once it has ended. */
  projects?: ProjectCounts[];
  message: string;
  export?: string;
  progress?: { done: number; total: number; remainingSeconds: number | null } | null;
}

export interface ProjectCounts {
  project: string;
  counts: Record<string, number>;
}

export interface Alarm {
  id: string;
  key: string;
  code: string;
  title: string;
  detail?: string;
  fix?: string;
  state: 'open' | 'closed';
  openedAt: string;
}

export interface Destination {
  store: string;
  project: string;
  endpoint: string;
  state: 'open' | 'silent' | 'paused';
  since: string | null;
  probeAt: string | null;
  failures: number;
  status: number;
  reason: string;
  waiting: number;
  inDoubt: number;
  blocked: number;
  accepted: number;
  quarantined: number;
}

export interface ReadinessFlow {
  flow: string;
  flowTitle: string;
  endsAt?: string | null;
  closedAt?: string | null;
  programme: string;
  programmeTitle: string;
  project: string;
  channel: 'lrs' | 'tables';
  learners: number;
  ready: number;
  notReady: number;
  onlyWaits: number;
  unknown: number;
  byCode: Record<string, number>;
  note: string;
  computedAt: string;
}

export interface IntegrationCard {
  project: string;
  title: string;
  status: 'not-done' | 'in-progress' | 'data-error' | 'active';
  contour?: 'test' | 'production';
  warning?: string;
}

export interface ResendCounts {
  testOnly: number;
  canGo: number;
  cannot: Record<string, number>;
  notPlanned: number;
}

export interface Resend {
  project: string;
  expected: number;
  complete: boolean;
  total: ResendCounts;
  byKind: ({ kind: string } & ResendCounts)[];
  run?: string;
}

export function isFinal(run: Run): boolean {
  return run.state !== 'queued' && run.state !== 'running';
}
