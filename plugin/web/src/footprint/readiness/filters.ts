/** What is asked of the server for a choice on the page, and what follows from its figures. */

import type { Ask } from '@kit/api';
import type { Locale } from '@kit/locale';
import type { FlowReadiness, ListedPerson, Verdict } from './types';

export interface PeopleFilter {
  verdict: Verdict | '';
  code: string;
  q: string;
}
export const everybody: PeopleFilter = { verdict: '', code: '', q: '' };

/** Whoever comes back from a learner by the page's way finds the list as it was left: by organization and flow. */
export const lastAsked = new Map<string, string>();

export function isFiltered(filter: PeopleFilter): boolean {
  return filter.verdict !== '' || filter.code !== '' || filter.q !== '';
}

/** The server takes ten words at most and says 400 for more: the rest would only narrow. */
export function peopleQuery(filter: PeopleFilter): NonNullable<Ask['query']> {
  const words = filter.q.trim().split(/\s+/).filter(Boolean).slice(0, 10).join(' ');
  return { verdict: filter.verdict || undefined, code: filter.code || undefined, q: words || undefined };
}

/** How many fit, where the flow's own figures tell it. */
export function expected(flow: FlowReadiness, filter: PeopleFilter): number | null {
  if (filter.q || (filter.verdict && filter.code)) return null;
  if (filter.code) return flow.byCode[filter.code] ?? 0;
  if (filter.verdict === 'ready') return flow.ready;
  if (filter.verdict === 'not-ready') return flow.notReady;
  return filter.verdict === 'unknown' ? flow.unknown : flow.learners;
}

/** What is lacking, the most frequent first. */
export function lacksOf(flow: FlowReadiness): [code: string, learners: number][] {
  return Object.entries(flow.byCode).sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

export function hasRules(flow: FlowReadiness): boolean {
  return flow.learners === 0 || flow.unknown < flow.learners;
}

/** Of those with a verdict. */
export function readyShare(flow: FlowReadiness): number | null {
  const judged = flow.learners - flow.unknown;
  return judged > 0 ? flow.ready / judged : null;
}

/** A bar's meaning by its share: below 80 % somebody should look, below 60 % today. */
export function barTone(share: number): 'ok' | 'warn' | 'bad' {
  return share >= 0.8 ? 'ok' : share >= 0.6 ? 'warn' : 'bad';
}

/** Sums over the flows whose profile has rules; the others are named apart. */
export function totals(flows: readonly FlowReadiness[]): { ready: number; judged: number; unknown: number } {
  return flows.reduce(
    (sum, flow) => ({
      ready: sum.ready + flow.ready,
      judged: sum.judged + flow.learners - flow.unknown,
      unknown: sum.unknown + flow.unknown,
    }),
    { ready: 0, judged: 0, unknown: 0 },
  );
}

export type Closing = { state: 'closed' | 'ended' | 'soon' | 'open'; at: string; days: number } | null;

/** `endsAt` is the last day of study: it counts to its end, in the organization's zone. `soon`: within a week. */
export function closingOf(flow: { endsAt?: string | null; closedAt?: string | null }, locale: Pick<Locale, 'dateKey'>, now = new Date()): Closing {
  if (flow.closedAt) return { state: 'closed', at: flow.closedAt, days: 0 };
  if (!flow.endsAt) return null;
  const dayOf = (time: string | Date) => Date.parse(`${locale.dateKey(time)}T00:00:00Z`);
  const days = Math.round((dayOf(flow.endsAt) - dayOf(now)) / 86_400_000);
  return { state: days < 0 ? 'ended' : days <= 7 ? 'soon' : 'open', at: flow.endsAt, days };
}

/** Codes of a person's lacks, each once: what somebody must do first, then what comes by itself. */
export function codesOf(person: ListedPerson): { code: string; waits: boolean }[] {
  const seen = new Map<string, boolean>();
  for (const lack of person.lacks) seen.set(lack.code, (seen.get(lack.code) ?? true) && lack.state === 'waiting');
  return [...seen].map(([code, waits]) => ({ code, waits })).sort((a, b) => Number(a.waits) - Number(b.waits));
}
