/** How it stands now, beside what the nights did: what was refused in the night may have gone since. */

import { organizationPath } from '@kit/api';
import type { PageContext } from '@kit/element';
import { may, roleOf } from '../lists/role';
import type { Destination } from './model';
import type { Night } from './nights';

/** What still isn't at University 2035, of one project or of all; null: not known. */
export interface Still {
  /** Refused, waiting for a person's decision. */
  quarantine: number | null;
  /** To be repeated, not gone yet. */
  queued: number | null;
  /** In the stores' queues, those in doubt included. */
  waiting: number | null;
  /** Reflections that checks or a methodist hold back. */
  held: number | null;
}
export type Kept = keyof Still;

const held = ['reflection-held', 'reflection-held-by-person'];

export async function stillOf(ctx: PageContext, project: string): Promise<Still> {
  const base = `${organizationPath(ctx.organization)}/u2035`;
  const get = async <T>(path: string, query: Record<string, string>, count: (answer: T) => number): Promise<number | null> => {
    try {
      return count((await ctx.api.get<T>(base + path, { query })).data);
    } catch {
      return null;
    }
  };
  const quarantine = async (state: string) =>
    may(await roleOf(ctx), 'methodist') ? get<{ total: number }>('/quarantine/groups', { state, project }, (one) => one.total) : null;
  const ofProject = (one: Destination) => !project || one.project === project;
  const [open, queued, waiting, kept] = await Promise.all([
    quarantine('open'),
    quarantine('queued'),
    get<{ items: Destination[] }>('/destinations', {}, ({ items }) => items.filter(ofProject).reduce((all, one) => all + one.waiting + one.inDoubt, 0)),
    get<{ byCode: Record<string, number> }>('/unsendable/summary', { project }, ({ byCode }) => held.reduce((all, code) => all + (byCode[code] ?? 0), 0)),
  ]);
  return { quarantine: open, queued, waiting, held: kept };
}

/** How many of what each run put aside still wait for a decision; of a run that can't be told, nothing. */
export async function openOf(ctx: PageContext, runs: readonly string[], project: string): Promise<Map<string, number>> {
  const open = new Map<string, number>();
  if (runs.length === 0 || !may(await roleOf(ctx), 'methodist')) return open;
  const path = `${organizationPath(ctx.organization)}/u2035/quarantine/groups`;
  await Promise.all(
    runs.map(async (run) => {
      try {
        open.set(run, (await ctx.api.get<{ total: number }>(path, { query: { run, project } })).data.total);
      } catch {
        // The way to the list stands all the same.
      }
    }),
  );
  return open;
}

/**
 * What a sentence about the day says: that all went that could, what of it isn't there now, or, of an earlier day and where
 * the present isn't known, what the day itself left undone.
 */
export type Line = { kind: 'all' | 'incomplete' } | { kind: 'still'; parts: [Kept, number][] } | { kind: 'then'; refused: number; waiting: number };

/** `still`: of the last day; null: of an earlier one, or not known yet. */
export function lineOf(night: Pick<Night, 'figures' | 'trouble'>, still: Still | null): Line {
  const parts = still ? (Object.entries(still) as [Kept, number | null][]).filter((one): one is [Kept, number] => (one[1] ?? 0) > 0) : [];
  if (parts.length > 0) return { kind: 'still', parts };
  const known = still !== null && still.quarantine !== null && still.queued !== null && still.waiting !== null;
  const refused = night.figures?.refused ?? 0;
  const waiting = night.figures?.waiting ?? 0;
  if (!known && refused + waiting > 0) return { kind: 'then', refused, waiting };
  return { kind: night.trouble ? 'incomplete' : 'all' };
}
