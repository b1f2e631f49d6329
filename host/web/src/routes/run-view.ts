/** How runs are shown wherever they are: state, counts, how long, and a failure as cause, fix and raw answer. */

import { icon, type IconName } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { badge, type Tone } from '../badge';
import { countsOf } from '../connections/health';
import { connectionTexts } from '../connections/texts';
import type { ShellContext } from '../context';
import { actorWords } from '../journal/actor';
import type { Diagnosis, Run } from './model';
import { isGoing } from './model';
import { routeTexts } from './texts';

/** Refused rows and anything else to look at: done, but not all well. */
function hasRemarks(run: Run): boolean {
  return (run.counts.rejected ?? 0) > 0 || run.diagnoses.length > 0;
}

export function stateWords(ctx: ShellContext, run: Run): string {
  const words = routeTexts[ctx.language];
  if (run.state !== 'done' || !hasRemarks(run)) return words.states[run.state] ?? run.state;
  return (run.counts.rejected ?? 0) > 0 ? words.doneWithRefused : words.doneWithRemarks;
}

const looks: Record<Run['state'], [Tone, IconName | 'spin']> = {
  running: ['now', 'spin'], waiting: ['now', 'clock'], done: ['ok', 'okc'], failed: ['bad', 'excl'], cancelled: ['warn', 'alert'], interrupted: ['warn', 'alert'],
};

export function stateBadge(ctx: ShellContext, run: Run): TemplateResult {
  const [tone, sign]: [Tone, IconName | 'spin'] = run.state === 'done' && hasRemarks(run) ? ['warn', 'alert'] : looks[run.state];
  return badge(tone, sign, stateWords(ctx, run));
}

/** Always told, the rest only where there is some. */
const always = ['rows', 'created', 'updated', 'unchanged', 'rejected', 'deleted'];
const sometimes = ['skipped', 'repeated', 'withheld', 'files'];

export function countsShown(counts: Record<string, number>): [name: string, value: number][] {
  return [...always, ...sometimes.filter((name) => (counts[name] ?? 0) > 0)].map((name) => [name, counts[name] ?? 0]);
}

export function countsList(ctx: ShellContext, run: Run, small = false): TemplateResult {
  const words = routeTexts[ctx.language];
  if (Object.keys(run.counts).length === 0) return html`<p class="muted">${isGoing(run) ? words.countsNone : words.countsNever}</p>`;
  const written = ['created', 'updated', 'deleted', 'rejected', 'withheld'].some((name) => (run.counts[name] ?? 0) > 0);
  return html`<dl class="counts ${small ? 'small' : ''}">
      ${countsShown(run.counts).map(([name, value]) => html`<div class=${name === 'rejected' && value > 0 ? 'bad' : ''}><dt>${words.counts[name] ?? name}</dt><dd>${ctx.locale.number(value)}</dd></div>`)}
    </dl>
    ${run.state === 'done' && !written ? html`<p class="muted">${words.nothingNew}</p>` : nothing}`;
}

/** "12 строк, 2 новые, 1 изменена" */
export function countsText(ctx: ShellContext, run: Run): string {
  const words = connectionTexts[ctx.language];
  if (Object.keys(run.counts).length === 0) return '';
  return countsOf(run)
    .map(([name, n]) => ctx.locale.count(n, words.counts[name]))
    .join(', ');
}

/** "12 с", "3 минуты"; of one that goes on nothing yet. */
export function tookText(ctx: ShellContext, run: Run): string {
  const words = connectionTexts[ctx.language];
  if (!run.finishedAt) return '—';
  const ms = Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  if (ms < 1000) return words.less;
  return ms < 120_000 ? ctx.locale.seconds(Math.round(ms / 1000) * 1000) : ctx.locale.count(Math.round(ms / 60_000), words.minutes);
}

export function whoStarted(ctx: ShellContext, run: Run): string {
  const how = routeTexts[ctx.language].triggers[run.trigger] ?? run.trigger;
  return run.trigger === 'manual' || run.trigger === 'upload' ? `${how}, ${actorWords(ctx.language, run.requestedBy)}` : how;
}

/** What went wrong and what to do, in a line. */
export function diagnosisText({ title, detail, fix }: Diagnosis): string {
  return `${title}: ${detail} ${withoutJson(fix)}`;
}

/** `action`: what can be done about it here. */
export function diagnoses(ctx: ShellContext, all: readonly Diagnosis[], tone: 'bad' | 'warn', action: (one: Diagnosis) => unknown = () => nothing): unknown {
  const words = routeTexts[ctx.language];
  return all.map(
    (one) =>
      html`<div class="note ${tone} diagnosis">
        ${icon(tone === 'bad' ? 'excl' : 'alert')}
        <div>
          <h3 class="note-head">${one.title}</h3>
          <dl class="cause">
            ${one.detail ? html`<dt>${words.cause}</dt><dd>${one.detail}</dd>` : nothing}
            <dt>${words.fix}</dt>
            <dd>${toDo(one).map((text) => html`<p>${withoutJson(text)}</p>`)}</dd>
          </dl>
          ${action(one)}
          <details class="more"><summary>${icon('chev', 's')}${words.raw}<span class="sr">: ${one.title}</span></summary><pre class="raw">${JSON.stringify(one, null, 2)}</pre></details>
        </div>
      </div>`,
  );
}

/** The fix of this case and what helps with its kind; where both begin alike the fuller one says it. */
export function toDo({ fix, advice }: Pick<Diagnosis, 'fix' | 'advice'>): string[] {
  const begin = (text: string) => text.split(/\s+/, 2).join(' ').toLowerCase();
  if (fix && advice && begin(fix) === begin(advice)) return [fix.length > advice.length ? fix : advice];
  return [fix, advice].filter(Boolean);
}

/** What to send by REST is a button here. */
export function withoutJson(text: string): string {
  return text.replace(/[^.]*\{"[^}]*\}\.?/g, '').trim() || text;
}
