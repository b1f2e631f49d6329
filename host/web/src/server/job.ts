import { everyItem, newKey, pause } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { address } from '../route';
import { View, crumbs, empty, firstPage, moreButton, nextPage, refused, type Gathered } from '../view';
import { runBadge, took, type Job, type Run } from './job-runs';
import { serverTexts } from './texts';

interface Known {
  job: Job;
  runs: Gathered<Run>;
}

/** One job: its runs, and starting one. While one goes on the list is looked at again. */
@customElement('lms-job')
export class JobView extends View<Known> {
  @state() private problem: unknown = null;
  @state() private busy = false;
  private watching: AbortController | null = null;

  private get words() {
    return serverTexts[this.ctx.language];
  }
  private get runsPath(): string {
    return `/api/v1/jobs/${encodeURIComponent(this.path)}/runs`;
  }

  protected override async load(signal: AbortSignal): Promise<Known> {
    const [jobs, runs] = await Promise.all([everyItem<Job>(this.ctx.api, '/api/v1/jobs', { signal }), firstPage<Run>(this.ctx, this.runsPath, {}, signal)]);
    const job = jobs.find((one) => one.name === this.path) ?? { name: this.path, title: this.path, schedule: '', timeZone: '', nextAt: null, latestRun: null };
    if (runs.items.some((run) => run.state === 'running')) void this.watch();
    return { job, runs };
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watching?.abort();
    this.watching = null;
  }

  protected override wayHere(): TemplateResult {
    return crumbs(this.words.toJobs, address('server', 'jobs'), html`<code>${this.path}</code>`);
  }
  private get titleNow(): string {
    return this.words.jobTitles[this.path] ?? this.data?.job.title ?? this.path;
  }
  protected override heading(): string {
    return this.titleNow;
  }
  protected override lead(): unknown {
    const job = this.data?.job;
    if (!job) return nothing;
    const next = job.nextAt ? this.ctx.locale.moment(job.nextAt) : this.words.noNext;
    return html`<p class="lead"><code>${job.schedule}</code> · ${this.words.zone(job.timeZone)} · ${this.words.next}: ${next}</p>`;
  }
  protected override actions(): TemplateResult {
    const running = this.isRunning();
    return html`<div class="btns">
      ${running ? html`<span class="small muted grow" id="why">${this.words.running}</span>` : nothing}
      <button class="btn primary" type="button" aria-disabled=${running ? 'true' : nothing} aria-describedby=${running ? 'why' : nothing} aria-busy=${this.busy ? 'true' : nothing} @click=${() => void this.run()}>
        ${icon('play')}${this.words.run}
      </button>
    </div>`;
  }

  private isRunning(): boolean {
    return Boolean(this.data?.runs.items.some((run) => run.state === 'running'));
  }

  protected override draw({ runs }: Known): TemplateResult {
    const { words } = this;
    const { locale } = this.ctx;
    return html`${this.problem ? refused(this.ctx, this.problem) : nothing}
      ${runs.items.length === 0
        ? empty('clock', words.noRunsTitle, words.noRunsText)
        : html`<section class="panel" aria-labelledby="runs">
            <div class="panel-head"><h2 id="runs">${words.history}</h2></div>
            <div class="table-wrap">
              <table class="stackable">
                <thead><tr><th scope="col">${words.startedAt}</th><th scope="col">${words.result}</th><th scope="col">${words.took}</th><th scope="col">${words.by}</th><th scope="col">${words.counts}</th></tr></thead>
                <tbody>
                  ${runs.items.map(
                    (run) =>
                      html`<tr>
                        <td class="num">${locale.moment(run.startedAt)}</td>
                        <td data-label=${words.result}><div>${runBadge(words, run)}${run.message ? html`<small>${run.message}</small>` : nothing}</div></td>
                        <td data-label=${words.took} class="num">${took(words, locale, run)}</td>
                        <td data-label=${words.by}>${run.trigger === 'schedule' ? words.bySchedule : run.requestedBy}</td>
                        <td data-label=${words.counts}>${this.counts(run)}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>
            ${moreButton(this.ctx, runs, () => void this.more())}
          </section>`}`;
  }

  private counts(run: Run): unknown {
    const all = Object.entries(run.counts);
    if (all.length === 0) return this.shell.unknown;
    return html`<details class="more">
      <summary>${icon('chev', 's')}${this.words.counts}<span class="sr"> ${this.ctx.locale.moment(run.startedAt)}</span></summary>
      <dl class="pairs">${all.map(([name, value]) => html`<dt>${name}</dt><dd class="num">${this.ctx.locale.number(value)}</dd>`)}</dl>
    </details>`;
  }

  private async run(): Promise<void> {
    if (this.busy || this.isRunning()) return;
    this.busy = true;
    this.problem = null;
    try {
      await this.ctx.api.post<Run>(this.runsPath, {}, { idempotencyKey: newKey() });
      this.ctx.say(this.words.started(this.titleNow));
      await this.refresh();
    } catch (error) {
      this.problem = error;
    }
    this.busy = false;
  }

  private async watch(): Promise<void> {
    if (this.watching) return;
    const watching = (this.watching = new AbortController());
    await pause(2000, watching.signal);
    this.watching = null;
    if (!watching.signal.aborted && this.isConnected) await this.refresh();
  }

  private async more(): Promise<void> {
    try {
      this.data = { ...this.data!, runs: await nextPage<Run>(this.ctx, this.runsPath, this.data!.runs) };
    } catch (error) {
      this.problem = error;
    }
  }
}
