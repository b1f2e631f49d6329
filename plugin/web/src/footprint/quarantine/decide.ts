/** Gives the server an order about what is chosen, and tells its answer apart from the two questions it may ask back. */

import { ApiError, organizationPath } from '@kit/api';
import type { PageContext } from '@kit/element';
import type { Order } from './choice';
import type { Verdicts } from './model';

export type Action = 'replay' | 'discard' | 'restore';

export const doneVerdict: Record<Action, string> = { replay: 'queued', discard: 'discarded', restore: 'restored' };

export type Decided = { kind: 'done'; verdicts: Verdicts } | { kind: 'dependents'; detail: string } | { kind: 'changed'; detail: string };

export async function decide(
  ctx: PageContext,
  action: Action,
  order: Order,
  more: { comment?: string; force?: boolean; dependents?: boolean },
): Promise<Decided> {
  const body = Object.fromEntries(Object.entries({ ...order, ...more }).filter(([, value]) => value !== undefined && value !== '' && value !== false));
  try {
    const path = `${organizationPath(ctx.organization)}/u2035/quarantine/${action}`;
    return { kind: 'done', verdicts: (await ctx.api.post<Verdicts>(path, body)).data };
  } catch (error) {
    if (error instanceof ApiError && error.code === 'quarantine.dependents') return { kind: 'dependents', detail: error.problem.detail };
    if (error instanceof ApiError && error.code === 'quarantine.changed') return { kind: 'changed', detail: error.problem.detail };
    throw error;
  }
}
