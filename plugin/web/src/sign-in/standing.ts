/** Whether the learner of a personal link is linked, as plugin/api/SsoLearner.cpp tells it to who has the link. */

import { ApiError } from '@kit/api';
import type { PageContext } from '@kit/element';
import type { Outcome } from '../sso/sign-in';

export interface Standing {
  state: 'linked' | 'waiting' | 'known' | 'none';
  contour: 'production' | 'test';
  since: string | null;
  untiIdEnd: string;
  join: string | null;
  mayUnlink: boolean;
}

/** The link's token goes in a body: addresses get into logs. */
function tokenOf(link: string): string {
  return new URL(link).searchParams.get('t') ?? '';
}

export async function standingOf(ctx: PageContext, link: string): Promise<Standing> {
  return (await ctx.api.post<Standing>('/u2035/sso/state', { token: tokenOf(link) })).data;
}

export async function unlink(ctx: PageContext, link: string, join: string): Promise<Standing> {
  return (await ctx.api.post<Standing>('/u2035/sso/unlink', { token: tokenOf(link), join })).data;
}

/** What is wrong with the link itself; null: nothing is known against it, so that the button stays. */
export function troubleOf(error: unknown): Outcome | null {
  return error instanceof ApiError && ['sso.link-unknown', 'sso.link-revoked', 'sso.link-expired'].includes(error.code) ? 'link-dead' : null;
}
