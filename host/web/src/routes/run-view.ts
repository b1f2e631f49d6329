/** How runs are shown: state, counts, and a failure as cause, fix and raw answer. */

import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { actorWords } from '../journal/actor';
import type { Diagnosis, Run } from './model';
import { isGoing } from './model';
import { routeTexts } from './texts';

export function stateWords(ctx: ShellContext, run: Run): string {
  const words = routeTexts[ctx.language];
  return run.state === 'done' && (run.counts.rejected ?? 0) > 0 ? words.doneWithRefused : (words.states[run.state] ?? run.state);
}

export function stateBadge(ctx: ShellContext, run: Run): TemplateResult {
  const text = stateWords(ctx, run);
  if (run.state === 'running') return html`<span class="badge now"><span class="spin" aria-hidden="true"></span>${text}</span>`;
  if (run.state === 'waiting') return html`<span class="badge now">${icon('clock')}${text}</span>`;
  if (run.state === 'done') return (run.counts.rejected ?? 0) > 0 ? html`<span class="badge warn">${icon('alert')}${text}</span>` : html`<span class="badge ok">${icon('okc')}${text}</span>`;
  if (run.state === 'failed') return html`<span class="badge bad">${icon('excl')}${text}</span>`;
  return html`<span class="badge warn">${icon('alert')}${text}</span>`;
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

export function whoStarted(ctx: ShellContext, run: Run): string {
  const how = routeTexts[ctx.language].triggers[run.trigger] ?? run.trigger;
  return run.trigger === 'manual' || run.trigger === 'upload' ? `${how}, ${actorWords(ctx.language, run.requestedBy)}` : how;
}

/** `action`: what can be done about it here. */
export function diagnoses(ctx: ShellContext, all: readonly Diagnosis[], tone: 'bad' | 'warn', action: (one: Diagnosis) => unknown = () => nothing): unknown {
  const words = routeTexts[ctx.language];
  return all.map(
    (one) =>
      html`<div class="note ${tone} diagnosis">
        ${icon(tone === 'bad' ? 'excl' : 'alert')}
        <div>
          <p class="note-head">${one.title}</p>
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
