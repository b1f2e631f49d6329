/** Connections and what GET /source-kinds and /source-sets tell of them, as the REST has them. */

import { organizationPath } from '@kit/api';
import { may, type Role, type Session } from '../context';

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

export interface SourceKind {
  name: string;
  title: string;
  connection: SourceField[];
}

export interface SourceSet {
  name: string;
  title: string;
  kind: string;
  parameters: SourceField[];
  routes: { name: string; title: string }[];
}

export interface Schedule {
  cron: string;
  zone: string;
}

export interface Connection {
  name: string;
  kind: string;
  title: string;
  enabled: boolean;
  schedule: Schedule | null;
  settings: Record<string, unknown>;
  revision: number;
  changedAt: string;
  changedBy: string;
}

export interface Diagnosis {
  code: string;
  title: string;
  detail: string;
  fix: string;
  advice: string;
}

export interface Run {
  id: string;
  mode: 'full' | 'incremental';
  trigger: 'schedule' | 'manual' | 'request' | 'upload' | 'folder';
  requestedBy: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
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
  settings: Record<string, unknown>;
  mapping: { target?: string };
  deletions: 'keep' | 'follow';
  fromSet: string;
  latestRun: Run | null;
  revision: number;
}

export function isGoing(run: Run | null | undefined): boolean {
  return run?.state === 'running' || run?.state === 'waiting';
}

/** Records are brought to it: it asks nobody, so there is nothing to run or to put on the clock. */
export function isBrought(kind: string): boolean {
  return kind === 'listen' || kind === 'files';
}

export function connectionsPath(organization: string): string {
  return `${organizationPath(organization)}/connections`;
}
export function connectionPath(organization: string, name: string): string {
  return `${connectionsPath(organization)}/${encodeURIComponent(name)}`;
}
export function routePath(organization: string, connection: string, route: string): string {
  return `${connectionPath(organization, connection)}/routes/${encodeURIComponent(route)}`;
}

/** The server's administrator may what the organization's may. */
export function mayHere(session: Session, organization: string, least: Role): boolean {
  return session.serverAdmin || may(session, organization, least);
}

export function nameOf(one: { name: string; title: string }): string {
  return one.title || one.name;
}

/** "db.example.org:5432/moodle", "https://lms.example.org/api": what a connection leads to; empty: nothing of it says. */
export function whereTo({ kind, settings }: Connection): string {
  const text = (name: string) => (typeof settings[name] === 'string' || typeof settings[name] === 'number' ? String(settings[name]) : '');
  if (kind === 'sql') {
    const host = text('host') && (text('port') ? `${text('host')}:${text('port')}` : text('host'));
    return [host, text('database')].filter(Boolean).join('/');
  }
  if (kind === 'listen') return '';
  if (kind === 'files') return text('folder');
  return text('url') || (Object.values(settings).find((value): value is string => typeof value === 'string' && value !== '') ?? '');
}
