/** Who asks: what one may not do stays visible and says why. The server decides in any case. */

import type { PageContext } from '@kit/element';
import { isAtLeast, roles, type Role } from '@kit/roles';
import { sessionOf } from '@kit/session';

export type { Role } from '@kit/roles';

/** null: not known, so nothing is forbidden beforehand. */
export async function roleOf(ctx: PageContext): Promise<Role | null> {
  const role = (await sessionOf(ctx.api)).roles?.find((one) => one.organization === ctx.organization)?.role;
  return roles.find((one) => one === role) ?? null;
}

export function may(role: Role | null, least: Role): boolean {
  return role === null || isAtLeast(role, least);
}
