/** People and tokens as the REST has them. */

import type { RoleIn } from '../context';

export interface User {
  login: string;
  name: string;
  serverAdmin: boolean;
  disabled: boolean;
  roles: RoleIn[];
  createdAt: string;
  version: number;
}

export interface Token {
  id: string;
  name: string;
  lastFour: string;
  serverAdmin: boolean;
  roles: RoleIn[];
  scopes: string[];
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  seenAt: string | null;
  /** Only in the answer that makes it. */
  token?: string;
}

export const scopeNames = ['full', 'read', 'records', 'runs'] as const;

/** "full" stands alone: with it all others go, with any other it goes. */
export function toggleScope(scopes: readonly string[], scope: string, on: boolean): string[] {
  if (!on) return scopes.filter((one) => one !== scope);
  return scope === 'full' ? ['full'] : [...scopes.filter((one) => one !== 'full' && one !== scope), scope];
}

/** The last moment of a day ("2027-03-01") in a time zone, as the REST takes it. */
export function endOfDay(day: string, zone: string): string {
  // The offset of that zone on that day, from how it writes a known moment.
  const noon = new Date(`${day}T12:00:00Z`);
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(noon);
  const found = /GMT([+-]\d\d:\d\d)/.exec(parts.find((part) => part.type === 'timeZoneName')?.value ?? '');
  return `${day}T23:59:59${found?.[1] ?? 'Z'}`;
}
