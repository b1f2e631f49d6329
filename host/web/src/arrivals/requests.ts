import type { Page } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { routePath, type ListeningRoute, type Run } from './brought';
import { LoadedPart } from './part';
import { countsText, endBadge } from './run-detail';

interface Request {
  route: ListeningRoute;
  run: Run;
}
const shownAtOnce = 20;

/** The latest requests to a listening connection, of all its routes or one. */
@customElement('lms-requests')
export class Requests extends LoadedPart<Request[]> {
  @property({ attribute: false }) routes: readonly ListeningRoute[] = [];
  @state() private only = '';
  @state() private shown = shownAtOnce;

  protected override async load(signal: AbortSignal): Promise<Request[]> {
    const all = await Promise.all(
      this.routes.map(async (route) => {
        const { data } = await this.ctx.api.get<Page<Run>>(`${routePath(this.organization, this.connection, route.name)}/runs`, { query: { limit: 50 }, signal });
        return data.items.filter((run) => run.trigger === 'request').map((run) => ({ route, run }));
      }),
    );
    return all.flat().sort((a, b) => new Date(b.run.startedAt).getTime() - new Date(a.run.startedAt).getTime());
  }

  protected override draw(all: Request[]): TemplateResult {
    const { words } = this;
    const list = this.only ? all.filter((one) => one.route.name === this.only) : all;
    return html`<section class="panel" aria-labelledby="requests">
      <div class="panel-head">
        <div><h2 id="requests">${words.requestsTitle}</h2><p>${words.requestsLead}</p></div>
        <button class="btn small" type="button" @click=${() => void this.look()}>${icon('refresh', 's')}${words.refresh}</button>
      </div>
      ${this.routes.length > 1 && all.length > 0
        ? html`<div class="help"><div class="seg" role="group" aria-label=${words.route}>
            ${[{ name: '', title: words.allRoutes }, ...this.routes].map(
              (route) => html`<button type="button" aria-pressed=${this.only === route.name ? 'true' : 'false'} @click=${() => (this.only = route.name)}>${route.title || route.name}</button>`,
            )}
          </div></div>`
        : nothing}
      ${list.length === 0
        ? html`<div class="empty">${icon('inbox')}<h3>${words.noRequests}</h3><p>${words.noRequestsText}</p></div>`
        : html`<ul class="rows">${repeat(list.slice(0, this.shown), (one) => one.run.id, (one) => this.row(one))}</ul>`}
      ${list.length > this.shown ? html`<div class="more-row"><button class="btn" type="button" @click=${() => (this.shown += shownAtOnce)}>${this.shell.more}</button></div>` : nothing}
    </section>`;
  }

  private row({ route, run }: Request): TemplateResult {
    const { words, ctx } = this;
    const hasMore = run.diagnoses.length > 0 || (run.counts.rejected ?? 0) > 0;
    return html`<li>
      <p class="name">${ctx.locale.day(run.startedAt)}, ${ctx.locale.exactTime(run.startedAt)}</p>
      <p class="state">${endBadge(words, run)}</p>
      <p class="about">${route.title || route.name}. ${countsText(words, ctx.locale, run.counts)}. ${words.from}: <span class="num">${run.requestedBy}</span></p>
      ${hasMore
        ? html`<details class="more below">
            <summary>${icon('chev', 's')}${words.details}</summary>
            ${run.state !== 'done' || (run.counts.rejected ?? 0) > 0 ? html`<p class="diagnosis">${words.requestsNotKept}</p>` : nothing}
            <lms-arrival-run .ctx=${ctx} .organization=${this.organization} .connection=${this.connection} .route=${route.name} .run=${run}></lms-arrival-run>
          </details>`
        : nothing}
    </li>`;
  }

  private async look(): Promise<void> {
    await this.refresh();
    this.ctx.say(this.words.refreshed);
    this.tellArrived();
  }
}
