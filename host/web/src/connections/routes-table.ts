import { ApiError } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { badge } from '../badge';
import { address } from '../route';
import { countsText, diagnosisText, stateBadge } from '../routes/run-view';
import { scheduleText } from '../routes/schedule-field';
import { ShellPart, refused } from '../view';
import { connectionPath, isBrought, mayHere, nameOf, routePath, type Connection, type Route, type SourceKind } from './model';
import { connectionStyle } from './shown';
import { connectionTexts } from './texts';

/** The routes of a connection in their order. Event `routes-changed`: they are to be read again. */
@customElement('lms-connection-routes')
export class ConnectionRoutes extends ShellPart {
  static override styles = [...ShellPart.styles, connectionStyle];
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) connection!: Connection;
  @property({ attribute: false }) kind: SourceKind | null = null;
  @property({ attribute: false }) routes: readonly Route[] = [];
  @property({ attribute: false }) hasSets = false;
  @state() private problem: unknown = null;
  @state() private conflict = false;
  @state() private busy = '';

  private get words() {
    return connectionTexts[this.ctx.language];
  }
  private get mayChange(): boolean {
    return mayHere(this.ctx.session, this.organization, 'organization-admin');
  }
  private to(...parts: string[]): string {
    return address('org', this.organization, 'connections', this.connection.name, ...parts);
  }

  override render(): TemplateResult {
    const { words } = this;
    return html`<section class="panel" aria-labelledby="routes">
      <div class="panel-head">
        <div><h2 id="routes">${words.routes}</h2>${this.routes.length > 1 ? html`<p class="small muted">${words.routesLead}</p>` : nothing}</div>
        ${this.routes.length && this.mayChange ? this.adding() : nothing}
      </div>
      ${this.conflict ? html`<div class="panel-body"><div class="note warn" role="alert">${icon('alert')}<p>${words.routeChangedMeanwhile}</p></div></div>` : nothing}
      ${this.problem ? html`<div class="panel-body">${refused(this.ctx, this.problem)}</div>` : nothing}
      ${this.routes.length ? this.table() : html`<div class="empty">${icon('split')}<h3>${words.noRoutesTitle}</h3><p>${words.noRoutesText}</p>${this.mayChange ? this.adding() : html`<p class="small">${words.adminOnly(this.shell.roles['organization-admin'])}</p>`}</div>`}
    </section>`;
  }

  private adding(): TemplateResult {
    return html`<div class="btns">
      ${this.hasSets ? html`<a class="btn" href=${this.to('set')}>${this.words.addSet}</a>` : nothing}
      <a class="btn ${this.routes.length ? '' : 'primary'}" href=${this.to('routes', 'new')}>${icon('plus')}${this.words.addRoute}</a>
    </div>`;
  }

  private table(): TemplateResult {
    const { words } = this;
    const order = this.mayChange && this.routes.length > 1;
    return html`<div class="table-wrap">
      <table class="stackable">
        <thead>
          <tr>
            <th scope="col">${words.route}</th><th scope="col">${words.records}</th>${isBrought(this.kind) ? nothing : html`<th scope="col">${words.schedule}</th>`}<th scope="col">${words.lastRun}</th>
            ${this.mayChange ? html`<th scope="col"><span class="sr">${words.action}</span></th>` : nothing}
          </tr>
        </thead>
        <tbody>${repeat(this.routes, (route) => route.name, (route, i) => this.row(route, i, order))}</tbody>
      </table>
    </div>`;
  }

  private row(route: Route, i: number, order: boolean): TemplateResult {
    const { words, ctx } = this;
    const title = nameOf(route);
    const target = route.mapping.target ?? '';
    const move = (by: -1 | 1, sign: string) => {
      const isLast = by < 0 ? i === 0 : i === this.routes.length - 1;
      const label = by < 0 ? (isLast ? words.isFirst(title) : words.up(title)) : isLast ? words.isLast(title) : words.downwards(title);
      return html`<button class="btn icon ${sign}" type="button" id="${sign}-${route.name}" aria-label=${label} title=${label} aria-disabled=${isLast ? 'true' : nothing} @click=${() => !isLast && void this.move(route, i + by)}>${icon('chevd', 's')}</button>`;
    };
    return html`<tr>
      <td>
        <div>
          <a href=${this.to('routes', route.name)}><b>${title}</b></a>
          <small>${[title === route.name ? '' : route.name, route.fromSet ? words.fromSet(route.fromSet) : ''].filter(Boolean).join(', ')}</small>
          ${route.enabled ? nothing : badge('', 'minus', words.routeOff)}
        </div>
      </td>
      <td data-label=${words.records}>${words.targets[target] ?? (target || '—')}</td>
      ${isBrought(this.kind) ? nothing : html`<td data-label=${words.schedule}>${route.schedule ? scheduleText(ctx, route.schedule) : this.connection.schedule ? words.asConnection : html`<span class="faint">${words.byHand}</span>`}</td>`}
      <td data-label=${words.lastRun}>${this.latest(route)}</td>
      ${this.mayChange
        ? html`<td class="act">
            ${order ? html`<span class="order">${move(-1, 'turn-up')}${move(1, 'turn-down')}</span>` : nothing}
            <button class="btn small" type="button" aria-label="${route.enabled ? words.disable : words.enable}: ${title}" aria-busy=${this.busy === route.name ? 'true' : nothing} @click=${() => void this.toggle(route)}>${route.enabled ? words.disable : words.enable}</button>
          </td>`
        : nothing}
    </tr>`;
  }

  private latest(route: Route): TemplateResult {
    const { ctx, words } = this;
    const run = route.latestRun;
    if (!run) return html`<span class="faint">${words.never}</span>`;
    const numbers = countsText(ctx, run);
    return html`<div>
      ${stateBadge(ctx, run)}
      <small><a href=${this.to('routes', route.name, 'runs', run.id)}><time datetime=${run.startedAt}>${ctx.locale.moment(run.startedAt)}</time></a>${numbers ? `, ${numbers}` : ''}</small>
      ${run.diagnoses[0] ? html`<p class="state-text small">${diagnosisText(run.diagnoses[0])}</p>` : nothing}
    </div>`;
  }

  private async toggle(route: Route): Promise<void> {
    await this.change(route, async () => {
      await this.ctx.api.post(`${routePath(this.organization, this.connection.name, route.name)}/${route.enabled ? 'disable' : 'enable'}`);
      this.ctx.say(route.enabled ? this.words.routeDisabled(nameOf(route)) : this.words.routeEnabled(nameOf(route)));
    });
  }

  private async move(route: Route, to: number): Promise<void> {
    const before = this.routes;
    await this.change(route, async () => {
      const after = before.filter((one) => one !== route);
      after.splice(to, 0, route);
      // Seen at once; what the server makes of it is read afterwards.
      this.routes = after;
      await this.ctx.api.put(`${connectionPath(this.organization, this.connection.name)}/route-order`, { names: after.map(({ name }) => name) });
      this.ctx.say(this.words.moved(nameOf(route), this.words.place(to + 1)));
    });
    // The row that moved has lost the focus on its way.
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#${to < before.indexOf(route) ? 'turn-up' : 'turn-down'}-${CSS.escape(route.name)}`)?.focus();
  }

  private async change(route: Route, send: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = route.name;
    this.problem = null;
    this.conflict = false;
    try {
      await send();
    } catch (error) {
      if (error instanceof ApiError && (error.status === 412 || (error.status === 422 && isOrder(error)))) this.conflict = true;
      else this.problem = error;
    }
    this.busy = '';
    this.dispatchEvent(new CustomEvent('routes-changed'));
  }
}

/** Somebody else has added or removed a route meanwhile. */
function isOrder({ problem }: ApiError): boolean {
  return (problem.errors ?? []).some(({ pointer }) => pointer.startsWith('/names'));
}
