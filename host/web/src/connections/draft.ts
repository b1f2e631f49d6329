/** What is typed into the form of a connection, told apart from what is on the server. */

import type { Connection, SourceField } from './model';
import { settingsOf, valuesOf, type Values } from './values';

export interface Draft {
  title: string;
  name: string;
  enabled: boolean;
  /** Empty: never by itself. */
  cron: string;
  zone: string;
  /** The person writes cron, though it may look like a simple rhythm on the way, or be empty yet. */
  ownCron: boolean;
}

export interface Typed {
  draft: Draft;
  values: Values;
}

export function draftOf(connection: Connection | null, zone: string): Draft {
  if (!connection) return { title: '', name: '', enabled: true, cron: '', zone, ownCron: false };
  const { title, name, enabled, schedule } = connection;
  return { title, name, enabled, cron: schedule?.cron ?? '', zone: schedule?.zone ?? zone, ownCron: false };
}

export function typedOf(connection: Connection | null, fields: readonly SourceField[], zone: string): Typed {
  return { draft: draftOf(connection, zone), values: valuesOf(fields, connection?.settings ?? {}) };
}

export function bodyOf({ draft, values }: Typed, fields: readonly SourceField[], known: Connection | null): Record<string, unknown> {
  const { title, enabled, cron, zone, ownCron } = draft;
  return {
    title: title.trim(),
    enabled,
    schedule: cron || ownCron ? { cron: cron.trim(), zone: zone.trim() } : null,
    settings: settingsOf(fields, values, known?.settings ?? {}),
  };
}

export function isSame(a: Typed, b: Typed): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
