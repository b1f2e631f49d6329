/** A run while it goes: what it is at, how far, how long still. Speaks at most once a minute. Event `ended` {run}. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { organizationPath } from '@kit/api';
import { Part, baseStyle, failure, type PageContext } from '@kit/element';
import { icon } from '@kit/icons';
import { isFinal, type Run } from './model';
import morningCss from './morning.css?inline';
import { sends } from './nights';
import { texts } from './texts';

const speakEvery = 60_000;

export type Phase = { name: string; state: 'done' | 'run' | 'wait' | 'hold' };

/** The steps a run goes through, in their order; what isn't asked of it is left out. */
export function phasesOf(run: Run): Phase[] {
  const { dryRun, only } = run.arguments;
  const statements = only === undefined || only === 'statements';
  const tables = (only === undefined || only === 'tables') && run.trigger !== 'follow-up';
  const names = [
    ...(statements || only === 'xapi-files' ? ['files'] : []),
    'plan',
    ...(statements && !dryRun ? ['send', ...(run.trigger === 'follow-up' ? [] : ['confirm'])] : []),
    ...(tables && !dryRun ? ['tables'] : []),
    ...(dryRun ? [] : ['readiness']),
  ];
  const at = run.state === 'queued' ? -1 : names.indexOf(run.step);
  return names.map((name, i) => {
    const state = i < at ? 'done' : i === at ? 'run' : 'wait';
    const held = name === 'files' && state === 'done' && (run.counts['files.waiting'] ?? 0) > 0;
    return { name, state: held ? 'hold' : state };
  });
}

export function titleOf(run: Run, ctx: PageContext): string {
  const t = texts[ctx.language].runTitle;
  const begun = run.startedAt ?? run.createdAt;
  if (run.arguments.dryRun) return t.dryRun(ctx.locale.time(begun));
  if (run.trigger === 'schedule') return t.night(ctx.locale.day(begun));
  return t[run.trigger](ctx.locale.time(begun));
}

@customElement('u2035-running-night')
export class RunningNight extends Part {
  static override styles = [baseStyle, unsafeCSS(morningCss)];

  @property({ attribute: false }) run!: Run;
  @state() private error: unknown = null;
  private abort = new AbortController();
  private spokenAt = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('run') as Run | undefined;
    if (changed.has('run') && before?.id !== this.run.id) void this.follow();
  }

  private async follow(): Promise<void> {
    this.abort.abort();
    const abort = (this.abort = new AbortController());
    this.error = null;
    const path = `${organizationPath(this.ctx.organization)}/u2035/runs/${this.run.id}`;
    try {
      await this.ctx.api.follow<Run>(path, {
        state: (run) => {
          if (abort.signal.aborted) return;
          this.run = run;
          this.speak();
        },
        isFinal,
        signal: abort.signal,
        everyMs: 2000,
      });
      if (!abort.signal.aborted && isFinal(this.run)) this.dispatchEvent(new CustomEvent<{ run: Run }>('ended', { detail: { run: this.run } }));
    } catch (error) {
      if (!abort.signal.aborted) this.error = error;
    }
  }

  private get minutes(): number | null {
    const left = this.run.progress?.remainingSeconds;
    return left === null || left === undefined ? null : Math.max(1, Math.ceil(left / 60));
  }
  private get share(): number | null {
    const { progress } = this.run;
    return progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : null;
  }

  private speak(): void {
    const now = Date.now();
    if (isFinal(this.run) || this.share === null || now - this.spokenAt < speakEvery) return;
    this.spokenAt = now;
    const { locale } = this.ctx;
    this.ctx.say(`${titleOf(this.run, this.ctx)}: ${texts[this.ctx.language].progressSpoken(locale.percent(this.share), this.minutes, locale)}`);
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const { run, share, minutes } = this;
    const title = titleOf(run, this.ctx);
    const begun = locale.time(run.startedAt ?? run.createdAt);
    const until = minutes === null ? '' : locale.time(new Date(Date.now() + minutes * 60_000));
    const step = t.step[run.state === 'queued' ? 'queued' : run.step] ?? run.step;
    return html`<section class="panel night" aria-labelledby="night">
      <div class="night-top">
        <div>
          <h2 id="night">${t.goes(title, step)}</h2>
          <p class="small muted">
            ${run.requestedBy && run.trigger === 'manual' ? t.begunBy(begun, run.requestedBy) : t.begun(begun)}
            ${minutes === null ? t.remainsUnknown : t.remains(minutes, until, locale)}
          </p>
        </div>
        ${share === null || !run.progress
          ? nothing
          : html`<p class="night-fig"><strong>${locale.percent(share)}</strong><span class="muted">${t.of(locale.number(run.progress.done), locale.number(run.progress.total))}</span></p>`}
      </div>
      ${share === null
        ? html`<div class="bar tall live unknown" role="progressbar" aria-label=${title}><i></i></div>`
        : html`<div class="bar tall live" role="progressbar" aria-label=${title} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.floor(share * 100)} aria-valuetext=${t.progressSpoken(locale.percent(share), minutes, locale)}>
            <i .style=${`width:${share * 100}%`}></i>
          </div>`}
      <ol class="phases" aria-label=${t.phases}>
        ${phasesOf(run).map(
          (one) =>
            html`<li class=${one.state} aria-current=${one.state === 'run' ? 'step' : nothing}>
              ${one.state === 'done' ? icon('check') : one.state === 'hold' ? icon('alert') : one.state === 'run' ? html`<span class="spin" aria-hidden="true"></span>` : nothing}
              ${one.state === 'hold' ? t.filesWait(locale.number(run.counts['files.waiting'] ?? 0)) : (t.phase[one.name] ?? one.name)}
            </li>`,
        )}
      </ol>
      ${sends(run) && run.state === 'running' && (run.counts.delivered ?? 0) > 0
        ? html`<p class="small muted">${t.figures.sent}: ${locale.number(run.counts.delivered ?? 0)}${run.counts.refused ? html`, ${t.figures.refused}: ${locale.number(run.counts.refused)}` : nothing}</p>`
        : nothing}
      ${this.error ? failure(this.ctx, this.error, () => void this.follow()) : nothing}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-running-night': RunningNight;
  }
}
