/** Who asks: what one may not do stays visible and says why. The server decides in any case. */

import type { Api } from '@kit/api';
import type { PageContext } from '@kit/element';
import { isAtLeast, roles, type Role } from '@kit/roles';

export type { Role } from '@kit/roles';

interface Session {
  roles?: { organization: string; role: string }[];
}

/** Another person may sign in on the same page: what is known of who asks grows old. */
const fresh = 30_000;
const asked = new WeakMap<Api, { at: number; session: Promise<Session> }>();

/** null: not known, so nothing is forbidden beforehand. */
export async function roleOf(ctx: PageContext): Promise<Role | null> {
  let known = asked.get(ctx.api);
  if (!known || Date.now() - known.at > fresh) {
    const session = ctx.api.get<Session>('/api/v1/session').then(
      (answer) => answer.data,
      () => ({}),
    );
    known = { at: Date.now(), session };
    asked.set(ctx.api, known);
  }
  const role = (await known.session).roles?.find((one) => one.organization === ctx.organization)?.role;
  return roles.find((one) => one === role) ?? null;
}

export function may(role: Role | null, least: Role): boolean {
  return role === null || isAtLeast(role, least);
}
