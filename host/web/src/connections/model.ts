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
  /** What choices are called; another is called as it is. */
  choiceTitles?: Record<string, string>;
  min?: number;
  max?: number;
  /** Asked for only while that field of the same form has one of these values. */
  when?: Condition;
  /** Most people leave it as it is. */
  rare?: boolean;
  /** What the text is written in. */
  syntax?: string;
}

export interface Condition {
  field: string;
  values: string[];
}

export interface SourceKind {
  name: string;
  title: string;
  /** For whoever chooses how to connect; null: of a module, which says no more than its title. */
  way: { title: string; fits: string; needs: string; time: string } | null;
  /** Data are brought to it: it asks nobody, so there is nothing to run or to put on the clock. null: they are fetched. */
  brought: { by: ('upload' | 'folder' | 'request')[]; whole: boolean; maxBytes: number | null } | null;
  /** Settings that say where a connection leads, and what stands before each but the first. */
  leadsTo: { setting: string; before: string }[];
  /** Columns are paths into an item all the same while a field of the route has one of these values. */
  pathsWhen: Condition | null;
  /** Rows have columns of their own; else a mapping's columns are paths into an item. */
  namesColumns: boolean;
  takesWatermark: boolean;
  connection: SourceField[];
  route: SourceField[];
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

export interface LastCheck {
  at: string;
  by: string;
  ok: boolean;
  /** Something that it looked at was changed since. */
  outdated: boolean;
  failedAt: string | null;
  diagnoses: Diagnosis[];
}

export interface RouteHead {
  route: string;
  title: string;
  run: Run;
}

/** How the routes of a connection do, in short; running, failing and remarked count enabled ones. */
export interface RoutesInShort {
  count: number;
  enabled: number;
  running: number;
  failing: number;
  remarked: number;
  well: number;
  worst: RouteHead | null;
  latest: RouteHead | null;
  nextRunAt: string | null;
}

export interface Connection {
  name: string;
  kind: string;
  title: string;
  enabled: boolean;
  schedule: Schedule | null;
  settings: Record<string, unknown>;
  lastCheck: LastCheck | null;
  routes: RoutesInShort;
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

/** Of a kind whose module is gone nothing is known. */
export function isBrought(kind: SourceKind | null | undefined): boolean {
  return Boolean(kind?.brought);
}
/** Whether data come this way. */
export function takes(kind: SourceKind | null | undefined, way: 'upload' | 'folder' | 'request'): boolean {
  return Boolean(kind?.brought?.by.includes(way));
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
export function whereTo({ settings }: Connection, kind: SourceKind | null | undefined): string {
  const text = (name: string) => (typeof settings[name] === 'string' || typeof settings[name] === 'number' ? String(settings[name]) : '');
  if (isBrought(kind) || kind?.leadsTo.length)
    return (kind?.leadsTo ?? []).reduce((said, { setting, before }) => said + (text(setting) && (said ? before : '') + text(setting)), '');
  return Object.values(settings).find((value): value is string => typeof value === 'string' && value !== '') ?? '';
}
