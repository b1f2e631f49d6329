/** Jobs and their runs as the REST has them, and how they are shown. */

import { icon } from '@kit/icons';
import type { Locale } from '@kit/locale';
import { html, type TemplateResult } from 'lit';
import type { ServerTexts } from './texts';

export interface Run {
  id: string;
  job: string;
  trigger: 'schedule' | 'manual';
  requestedBy: string;
  arguments: Record<string, unknown>;
  state: 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';
  startedAt: string;
  finishedAt: string | null;
  message: string;
  counts: Record<string, number>;
}

export interface Job {
  name: string;
  title: string;
  schedule: string;
  timeZone: string;
  nextAt: string | null;
  latestRun: Run | null;
}

export function runBadge(words: ServerTexts, run: Run): TemplateResult {
  const text = words.runStates[run.state] ?? run.state;
  if (run.state === 'running') return html`<span class="badge now"><span class="spin" aria-hidden="true"></span>${text}</span>`;
  if (run.state === 'succeeded') return html`<span class="badge ok">${icon('okc')}${text}</span>`;
  if (run.state === 'failed') return html`<span class="badge bad">${icon('excl')}${text}</span>`;
  return html`<span class="badge warn">${icon('alert')}${text}</span>`;
}

/** "12 с", "3 минуты": how long a run took. */
export function took(words: ServerTexts, locale: Locale, run: Run): string {
  if (!run.finishedAt) return '—';
  const ms = new Date(run.finishedAt).getTime() - new Date(run.startedAt).getTime();
  if (ms < 1000) return words.less;
  return ms < 120_000 ? locale.seconds(Math.round(ms / 1000) * 1000) : locale.count(Math.round(ms / 60_000), words.minutes);
}
