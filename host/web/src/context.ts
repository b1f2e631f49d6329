/** What the views of the shell know: who is in, where they are, and the words of the REST they speak. */

import type { PageContext } from '@kit/element';
import { isAtLeast, type Role } from '@kit/roles';

export { roles, type Role } from '@kit/roles';

export interface RoleIn {
  organization: string;
  role: Role;
}

export interface Session {
  login: string;
  name: string;
  serverAdmin: boolean;
  roles: RoleIn[];
}

export const tariffs = ['basic', 'individual', 'professional'] as const;
export type Tariff = (typeof tariffs)[number];

export interface Organization {
  id: string;
  legalName: string;
  fullName: string;
  tariff: Tariff;
  participation: string[];
  projects: string[];
  timeZone: string;
  activityBase: string;
  responsibleName: string;
  responsiblePhone: string;
  responsibleEmail: string;
  corporateEmail: string;
  version: number;
}

export interface Project {
  id: string;
  title: string;
  profile: string;
  projectValue: string;
  version: number;
  /** The condition under which the project is open to an organization; null: none. */
  participation?: { flag: string; title: string; tariffs: Tariff[] } | null;
}

/** An entry of GET /api/v1/pages: what a module shows. */
export interface ModulePage {
  id: string;
  section: string;
  title: string;
  icon: string;
  script: string;
  element: string;
  path: string;
  order: number;
  least: Role;
  scope?: string;
}

export interface ShellContext extends PageContext {
  readonly session: Session;
  readonly organizations: readonly Organization[];
  readonly pages: readonly ModulePage[];
  /** One of the list of organizations has changed: the head of the page shows its name. */
  organizationChanged(one: Organization): void;
}

export function roleIn(session: Session, organization: string): Role | null {
  return session.roles.find((one) => one.organization === organization)?.role ?? null;
}

/** Whether one's role there is at least this. */
export function may(session: Session, organization: string, least: Role): boolean {
  const role = roleIn(session, organization);
  return role !== null && isAtLeast(role, least);
}
