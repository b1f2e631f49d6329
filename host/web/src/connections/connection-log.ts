import { everyItem, type Page } from '@kit/api';
import { save } from '@kit/clipboard';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { actorWords } from '../journal/actor';
import { address } from '../route';
import { countsText, diagnosisText, stateBadge, tookText } from '../routes/run-view';
import { View, crumbs, empty, refused } from '../view';
import { connectionPath, nameOf, routePath, type Connection, type Route, type Run } from './model';
import { merged, toContinue, type RouteRuns, type ShownRun } from './runs';
import { connectionStyle } from './shown';
import { connectionTexts } from './texts';

interface Known {
  connection: Connection;
  all: RouteRuns<Route>[];
}
const onePage = 25;

/** The runs of all routes of a connection, and the log to take away. */
@customElement('lms-connection-log')
export class ConnectionLog extends View<Known> {
  static override styles = [...View.styles, connectionStyle];
  @state() private problem: unknown = null;
  @state() private busy = '';

  private get words() {
    return connectionTexts[this.ctx.language];
  }
  private get where(): string {
    return connectionPath(this.organization, this.path);
  }

  protected override async load(signal: AbortSignal): Promise<Known> {
    const { api } = this.ctx;
    const [{ data: connection }, routes] = await Promise.all([api.get<Connection>(this.where, { signal }), everyItem<Route>(api, `${this.where}/routes`, { signal })]);
    const all = await Promise.all(routes.map((route) => this.page({ route, runs: [], next: null }, signal)));
    return { connection, all };
  }

  private async page(known: RouteRuns<Route>, signal?: AbortSignal): Promise<RouteRuns<Route>> {
    const { data } = await this.ctx.api.get<Page<Run>>(`${routePath(this.organization, this.path, known.route.name)}/runs`, { query: { limit: onePage, cursor: known.next }, signal });
    return { route: known.route, runs: [...known.runs, ...data.items], next: data.next };
  }

  protected override wayHere(): TemplateResult {
    return crumbs(this.data ? nameOf(this.data.connection) : this.path, address('org', this.organization, 'connections', this.path), this.words.logTitle);
  }
  protected override heading(): string {
    return this.words.logTitle;
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.words.logLead}</p>`;
  }
  protected override actions(): unknown {
    const { words } = this;
    if (merged(this.data!.all).length === 0) return nothing;
    return html`<div class="btns">
      <button class="btn" type="button" aria-busy=${this.busy === 'text' ? 'true' : nothing} aria-describedby="in-file" @click=${() => void this.download('text')}>${icon('down')}${words.downloadText}</button>
      <button class="btn" type="button" aria-busy=${this.busy === 'table' ? 'true' : nothing} aria-describedby="in-file" @click=${() => void this.download('table')}>${icon('table')}${words.downloadTable}</button>
      <span class="caption" id="in-file">${words.downloadHint}</span>
    </div>`;
  }

  protected override draw({ all }: Known): TemplateResult {
    const { words } = this;
    const shown = merged(all);
    const problem = this.problem ? refused(this.ctx, this.problem) : nothing;
    if (shown.length === 0) return html`${problem}${empty('list', words.logNoneTitle, words.logNoneText)}`;
    return html`${problem}
      <section class="panel" aria-label=${words.logTitle}>
        <div class="table-wrap">
          <table class="stackable runs">
            <thead><tr><th scope="col">${words.began}</th><th scope="col">${words.route}</th><th scope="col">${words.result}</th><th scope="col">${words.numbers}</th><th scope="col">${words.took}</th><th scope="col">${words.startedBy}</th></tr></thead>
            <tbody>${shown.map((one) => this.row(one))}</tbody>
          </table>
        </div>
        ${all.some(({ next }) => next) ? html`<div class="more-row"><button class="btn" type="button" aria-busy=${this.busy === 'more' ? 'true' : nothing} @click=${() => void this.more()}>${this.shell.more}</button></div>` : nothing}
      </section>`;
  }

  private row({ route, run }: ShownRun<Route>): TemplateResult {
    const { words, ctx } = this;
    const here = ['org', this.organization, 'connections', this.path, 'routes', route.name];
    const person = run.trigger === 'manual' ? actorWords(ctx.language, run.requestedBy) : '';
    return html`<tr>
      <td class="num"><a href=${address(...here, 'runs', run.id)}><time datetime=${run.startedAt}>${ctx.locale.day(run.startedAt)}, ${ctx.locale.exactTime(run.startedAt)}</time></a></td>
      <td data-label=${words.route}><a href=${address(...here)}>${nameOf(route)}</a></td>
      <td data-label=${words.result}>
        <div>
          ${stateBadge(ctx, run)}
          ${run.diagnoses.map((one) => html`<p class="state-text">${diagnosisText(one)}</p>`)}
        </div>
      </td>
      <td data-label=${words.numbers}><div>${countsText(ctx, run) || '—'}${run.mode === 'full' && run.counts.rows ? html`<small>${words.full}</small>` : nothing}</div></td>
      <td data-label=${words.took}>${tookText(ctx, run)}</td>
      <td data-label=${words.startedBy}><div>${words.triggers[run.trigger] ?? run.trigger}${person ? html`<small>${person}</small>` : nothing}</div></td>
    </tr>`;
  }

  private async more(): Promise<void> {
    await this.doing('more', async () => {
      const { all } = this.data!;
      const behind = toContinue(all);
      const read = new Map(await Promise.all(behind.map(async (one) => [one.route.name, await this.page(one)] as const)));
      this.data = { ...this.data!, all: all.map((one) => read.get(one.route.name) ?? one) };
    });
  }

  private async download(how: 'text' | 'table'): Promise<void> {
    await this.doing(how, async () => {
      const { blob, name } = await this.ctx.api.download(`${this.where}/log`, { accept: how === 'table' ? 'text/csv' : 'text/plain' });
      save(blob, name);
    });
  }

  private async doing(what: string, act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = what;
    this.problem = null;
    try {
      await act();
    } catch (error) {
      this.problem = error;
    }
    this.busy = '';
  }
}
