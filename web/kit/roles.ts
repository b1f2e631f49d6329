/** The roles in an organization; each may do what the one before it may. The server decides in any case. */

export const roles = ['viewer', 'methodist', 'organization-admin'] as const;
export type Role = (typeof roles)[number];

export function isAtLeast(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least);
}
