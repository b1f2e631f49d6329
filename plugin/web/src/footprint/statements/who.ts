/** What the person may do here: the role in the organisation. */

import type { PageContext } from '@kit/element';

export type Role = 'viewer' | 'methodist' | 'organization-admin';

const order: readonly Role[] = ['viewer', 'methodist', 'organization-admin'];

/** Null: it can't be told, and the server decides. A server's administrator without a role in it may only look. */
export async function roleOf(ctx: PageContext): Promise<Role | null> {
  try {
    const { data } = await ctx.api.get<{ roles?: { organization: string; role: Role }[] }>('/api/v1/session');
    return data.roles?.find((one) => one.organization === ctx.organization)?.role ?? null;
  } catch {
    return null;
  }
}

export function isAtLeast(role: Role | null, least: Role): boolean {
  return role === null || order.indexOf(role) >= order.indexOf(least);
}
