/** Pieces that the pages of connections share: how one does in words, numbers of a run, a diagnosis, a schedule. */

import { icon } from '@kit/icons';
import { css, html, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { rhythmOf } from '../routes/cron';
import { stateWords, toDo, withoutJson } from '../routes/run-view';
import { formTexts } from './form-texts';
import { countsOf, type Health } from './health';
import { isBrought, nameOf, type Diagnosis, type Run, type Schedule } from './model';
import { connectionTexts } from './texts';

export const connectionStyle = css`
  .kept-secret { display: flex; align-items: center; gap: var(--u-2); flex: 1 1 10rem; min-width: 0; min-height: var(--u-control); padding: 0 var(--u-3); border: 1px solid var(--u-idle-line); border-radius: var(--u-r-m); background: var(--u-sunken); }
  .found { display: grid; gap: var(--u-4); }
  .found h3 { display: flex; gap: var(--u-2); color: var(--u-bad); font-size: var(--u-fs-l); line-height: 1.35; }
  .found > li + li { padding-top: var(--u-4); border-top: 1px solid var(--u-line); }
  .found .cause { font-size: var(--u-fs-m); } .found .cause dd { overflow-wrap: anywhere; }
  .found .cause dd > p + p { margin-top: var(--u-1); color: var(--u-ink-2); }
  .found details { margin-top: var(--u-3); }
  td .badge { white-space: normal; }
  td .state-text { margin-top: var(--u-1); color: var(--u-ink-2); text-wrap: pretty; overflow-wrap: anywhere; }
  @container page (min-width: 661px) { td:first-child { min-width: 10.5rem; } }
  .order { display: inline-flex; gap: 2px; vertical-align: middle; } .order + .btn { vertical-align: middle; } .order .btn.icon { width: var(--u-control-s); min-height: var(--u-control-s); }
  .order .turn-up .i { transform: rotate(180deg); }
  .kinds { display: grid; gap: var(--u-2); }
  .kinds label { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px var(--u-3); padding: var(--u-3) var(--u-4); border: 1px solid var(--u-line-control); border-radius: var(--u-r-m); cursor: pointer; }
  .kinds label:hover { background: var(--u-hover); }
  .kinds label:has(:checked) { border-color: var(--u-accent); box-shadow: inset 0 0 0 1px var(--u-accent); background: var(--u-accent-soft); }
  .kinds label:has(:focus-visible) { outline: 2px solid var(--u-focus); outline-offset: 2px; }
  .kinds input:focus-visible { outline: none; }
  .kinds .kind-title { font-weight: var(--u-w-medium); } .kinds .kind-fits { grid-column: 2; font-size: var(--u-fs-s); color: var(--u-ink-2); }
  .set-list { display: grid; } .set-list > li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--u-2) var(--u-4); padding: var(--u-4) var(--u-5); border-top: 1px solid var(--u-line); }
  .set-list > li > div:first-child { flex: 1 1 18rem; min-width: 0; }
  .set-list .btns { min-width: 0; } .set-list .btn { white-space: normal; overflow-wrap: anywhere; }
  .set-list details { margin-top: var(--u-1); } .names { margin-top: var(--u-2); padding-left: 2.25rem; list-style: decimal; font-size: var(--u-fs-s); display: grid; gap: 2px; }
  details.fold > summary { font-size: var(--u-fs-m); } details.fold > .form { margin-top: var(--u-4); gap: var(--u-5); }
  .two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--u-5); }
  .state-line { display: flex; flex-wrap: wrap; align-items: center; gap: var(--u-2) var(--u-3); max-width: none; } .state-line .what { font-size: var(--u-fs-m); }
  .field .input, .field button { scroll-margin-block: 6.5rem; }
  .empty .btn .i { width: 18px; height: 18px; color: inherit; }
  .page-head .btns > .small, .page-head .btns .caption { align-self: center; }
  [role='alert'] + form { margin-top: var(--u-4); } .stack > .note + * { margin-top: 0; }
  .runs td:nth-child(2) { min-width: 8.5rem; }
  .after-well { margin-top: var(--u-2); max-width: 66ch; }
  h1 { overflow-wrap: anywhere; }
  .beside { padding-left: var(--u-5); list-style: disc; }
  @container page (max-width: 660px) { .two { grid-template-columns: minmax(0, 1fr); } .set-list > li { padding: var(--u-4); } }
`;

const badges = {
  disabled: ['', 'minus'],
  'no-routes': ['warn', 'alert'],
  'routes-disabled': ['warn', 'alert'],
  going: ['now', null],
  never: ['', 'circle'],
  well: ['ok', 'okc'],
  failed: ['bad', 'excl'],
  remarks: ['warn', 'alert'],
} as const;

export function healthBadge(ctx: ShellContext, kind: string, { state }: Health): TemplateResult {
  const words = connectionTexts[ctx.language];
  const [tone, sign] = badges[state];
  const text = (isBrought(kind) && words.healthBrought[state]) || words.health[state];
  return html`<span class="badge ${tone}">${sign ? icon(sign) : html`<span class="spin" aria-hidden="true"></span>`}${text}</span>`;
}

/** What is wrong, in a sentence; nothing: nothing is. */
export function healthText(ctx: ShellContext, health: Health): string {
  const words = connectionTexts[ctx.language];
  if (health.state !== 'failed' && health.state !== 'remarks') return words.healthText[health.state] ?? '';
  return words.inRoute(nameOf(health.route), health.run.diagnoses[0]?.title ?? stateWords(ctx, health.run));
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

export function scheduleText(ctx: ShellContext, schedule: Schedule): string {
  const { said, inZone } = formTexts[ctx.language];
  const rhythm = rhythmOf(schedule.cron);
  let what = `cron ${schedule.cron}`;
  if (rhythm?.every === 'hour') what = said.hour(String(rhythm.minute).padStart(2, '0'));
  else if (rhythm?.every === 'minutes') what = said.minutes(rhythm.minutes);
  else if (rhythm) what = said[rhythm.every](rhythm.time);
  // Everybody here lives by the organization's clock.
  return schedule.zone === ctx.locale.zone ? what : inZone(what, schedule.zone);
}

/** What went wrong and what to do, in a line. */
export function diagnosisText({ title, detail, fix }: Diagnosis): string {
  return `${title}: ${detail} ${withoutJson(fix)}`;
}

/** Cause, fix, and the server's own answer, in this order. */
export function diagnosesList(ctx: ShellContext, all: readonly Diagnosis[]): TemplateResult {
  const words = connectionTexts[ctx.language];
  return html`<ul class="found">
    ${all.map(
      (one) =>
        html`<li>
          <h3>${icon('excl')}<span>${one.title}</span></h3>
          <dl class="cause">
            <dt>${words.cause}</dt><dd>${one.detail}</dd>
            <dt>${words.fix}</dt><dd>${toDo(one).map((text) => html`<p>${withoutJson(text)}</p>`)}</dd>
          </dl>
          <details class="more"><summary>${icon('chev', 's')}${words.raw}</summary><pre class="raw">${JSON.stringify(one, null, 2)}</pre></details>
        </li>`,
    )}
  </ul>`;
}
