import { ApiError, pause } from '@kit/api';
import { save } from '@kit/clipboard';
import { baseStyle } from '@kit/element';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { View, refused, viewStyle } from '../view';
import { connectionPath, isGoing, routePath, type Connection, type Route, type Run } from './model';
import { routeCrumbs } from './route-form';
import { readLog, refusedRows, type LogLine } from './run-log';
import { countsList, diagnoses, stateBadge, stateWords, whoStarted, tookText } from './run-view';
import { routeTexts } from './texts';
import { routeStyle } from './style';

interface Known {
  run: Run;
  route: Route;
  connection: Connection;
  log: LogLine[];
}

const shownAtOnce = 100;

/** One run: what came of it, which rows were refused and why, and its log. */
@customElement('lms-route-run')
export class RouteRunView extends View<Known> {
  static override styles = [baseStyle, viewStyle, routeStyle];
  @property({ attribute: false }) connection = '';
  @property({ attribute: false }) route = '';
  @state() private problem: unknown = null;
  @state() private shown = shownAtOnce;
  private watching: AbortController | null = null;

  private get words() {
    return routeTexts[this.ctx.language];
  }
  private get resource(): string {
    return `${routePath(this.organization, this.connection, this.route)}/runs/${encodeURIComponent(this.path)}`;
  }
  protected override key(): string {
    return `${super.key()}|${this.connection}|${this.route}`;
  }

  protected override async load(signal: AbortSignal): Promise<Known> {
    const { api } = this.ctx;
    const [run, route, connection, log] = await Promise.all([
      api.get<Run>(this.resource, { signal }),
      api.get<Route>(routePath(this.organization, this.connection, this.route), { signal }),
      api.get<Connection>(connectionPath(this.organization, this.connection), { signal }),
      this.readLog(signal),
    ]);
    if (isGoing(run.data)) void this.watch();
    return { run: run.data, route: route.data, connection: connection.data, log };
  }
  private async readLog(signal?: AbortSignal): Promise<LogLine[]> {
    const { data } = await this.ctx.api.get<string | null>(`${this.resource}/log`, { accept: 'text/csv', signal });
    return readLog(data ?? '');
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watching?.abort();
    this.watching = null;
  }

  private async watch(): Promise<void> {
    if (this.watching) return;
    const watching = (this.watching = new AbortController());
    const { signal } = watching;
    while (!signal.aborted) {
      await pause(1000, signal);
      if (signal.aborted || !this.data) break;
      try {
        const { data: run } = await this.ctx.api.get<Run>(this.resource, { signal });
        if (signal.aborted) break;
        this.data = { ...this.data, run };
        if (isGoing(run)) continue;
        this.data = { ...this.data, log: await this.readLog(signal) };
        this.ctx.say(this.words.ended(stateWords(this.ctx, run)));
        break;
      } catch (error) {
        if (error instanceof ApiError && error.status > 0 && error.status < 500) break;
      }
    }
    if (this.watching === watching) this.watching = null;
  }

  protected override wayHere(): TemplateResult {
    return routeCrumbs(this.ctx, this.organization, this.connection, this.data?.connection.title, [this.route, this.data?.route.title ?? ''], this.heading());
  }
  protected override heading(): string {
    return this.data ? this.words.runTitle(this.ctx.locale.moment(this.data.run.startedAt)) : this.words.runs;
  }
  protected override lead(): unknown {
    if (!this.data) return nothing;
    const { run } = this.data;
    return html`<div class="line"><p class="lead">${this.words.modes[run.mode] ?? run.mode} · ${whoStarted(this.ctx, run)} · ${tookText(this.ctx, run)}</p>${stateBadge(this.ctx, run)}</div>`;
  }
  protected override actions(): TemplateResult {
    return html`<div class="btns">
      <button class="btn" type="button" @click=${() => void this.download('text/csv')}>${icon('down')}${this.words.downloadCsv}</button>
      <button class="btn" type="button" @click=${() => void this.download('text/plain')}>${icon('down')}${this.words.downloadText}</button>
    </div>`;
  }

  protected override draw({ run, log }: Known): TemplateResult {
    const { words } = this;
    return html`${this.problem ? refused(this.ctx, this.problem) : nothing}
      <section class="panel" aria-labelledby="result">
        <div class="panel-head"><h2 id="result">${words.result}</h2></div>
        <div class="panel-body stack-s">${countsList(this.ctx, run)} ${diagnoses(this.ctx, run.diagnoses, run.state === 'failed' ? 'bad' : 'warn')}</div>
      </section>
      ${this.refused(run, log)} ${this.log(log)}`;
  }

  private refused(run: Run, log: LogLine[]): unknown {
    const { words } = this;
    const { locale } = this.ctx;
    const rows = refusedRows(log);
    if (rows.length === 0) return run.state === 'done' && (run.counts.rows ?? 0) > 0 ? html`<p class="line ok-text panel panel-body alone">${icon('okc')}${words.refusedNone}</p>` : nothing;
    const cut = (run.counts.rejected ?? 0) > rows.length;
    return html`<section class="panel" aria-labelledby="refused">
      <div class="panel-head"><div><h2 id="refused">${words.refused} <span class="count bad">${locale.number(run.counts.rejected ?? rows.length)}</span></h2><p class="small muted">${words.refusedLead}${cut ? html` ${words.refusedCut(locale.number(rows.length))}` : nothing}</p></div></div>
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${words.place}</th><th scope="col">${words.column}</th><th scope="col">${words.value}</th><th scope="col">${words.reason}</th></tr></thead>
          <tbody>
            ${rows.slice(0, this.shown).flatMap((row) =>
              row.errors.map(
                (error, i) =>
                  html`<tr class=${i ? 'more-of-row' : ''}>
                    <td><b>${row.place}</b></td>
                    <td data-label=${words.column}>${error.column ? html`<code>${error.column}</code>` : this.shell.unknown}</td>
                    <td data-label=${words.value}>${error.value ? html`<code>${error.value}</code>` : html`<span class="faint">${words.emptyValue}</span>`}</td>
                    <td data-label=${words.reason}><div><b>${this.said(error.reason)}</b><small>${error.fix}</small></div></td>
                  </tr>`,
              ),
            )}
          </tbody>
        </table>
      </div>
      ${rows.length > this.shown ? html`<div class="more-row"><button class="btn" type="button" @click=${() => (this.shown += shownAtOnce)}>${this.shell.more}</button></div>` : nothing}
    </section>`;
  }

  private log(log: LogLine[]): TemplateResult {
    const { words } = this;
    const notes = log.filter((line) => line.level !== 'error');
    return html`<section class="panel" aria-labelledby="log">
      <div class="panel-head"><h2 id="log">${words.log}</h2></div>
      <div class="panel-body">
        ${notes.length
          ? html`<details class="more"><summary>${icon('chev', 's')}${words.showLog}</summary><pre class="raw log" tabindex="0" aria-label=${words.log}>${notes.map((line) => `${this.ctx.locale.exactTime(line.time)}  ${[line.place, line.reason, line.fix].filter(Boolean).join(' ')}\n`)}</pre></details>`
          : html`<p class="muted">${words.logNone}</p>`}
      </div>
    </section>`;
  }

  private said(reason: string): string {
    return reason.replace(/^./, (first) => first.toUpperCase());
  }

  private async download(accept: string): Promise<void> {
    this.problem = null;
    try {
      const { blob, name } = await this.ctx.api.download(`${this.resource}/log`, { accept });
      save(blob, name);
    } catch (error) {
      this.problem = error;
    }
  }
}
