/** Connections and what GET /source-sets tells of sets, as the REST has them; their routes and runs are in routes/model. */

import { organizationPath } from '@kit/api';
import { may, type Role, type Session } from '../context';
import type { Schedule, SourceField } from '../routes/model';

export { connectionPath, isBrought, isGoing, routePath, type Diagnosis, type Route, type Run, type Schedule, type SourceField, type SourceKind } from '../routes/model';

export interface SourceSet {
  name: string;
  title: string;
  kind: string;
  parameters: SourceField[];
  routes: { name: string; title: string }[];
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

export function connectionsPath(organization: string): string {
  return `${organizationPath(organization)}/connections`;
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
