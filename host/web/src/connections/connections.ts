import { everyItem, pause } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { badge } from '../badge';
import { address } from '../route';
import { View, note, refused } from '../view';
import { checks } from './checks';
import { healthOf, isByHandOnly } from './health';
import { connectionPath, connectionsPath, isBrought, mayHere, nameOf, takes, whereTo, type Connection, type SourceKind, type SourceSet } from './model';
import { countsText } from '../routes/run-view';
import { connectionStyle, healthBadge, healthText } from './shown';
import { connectionTexts } from './texts';
import { newAddress, setsPanel, waysTable } from './ways';

interface Known {
  connections: Connection[];
  kinds: SourceKind[];
  sets: SourceSet[];
}

/** The connections of an organization, and what else it could connect. */
@customElement('lms-connections')
export class Connections extends View<Known> {
  static override styles = [...View.styles, connectionStyle];
  @state() private problem: unknown = null;
  @state() private busy = '';
  private watching: AbortController | null = null;

  private get words() {
    return connectionTexts[this.ctx.language];
  }
  private get mayChange(): boolean {
    return mayHere(this.ctx.session, this.organization, 'organization-admin');
  }

  protected override async load(signal: AbortSignal): Promise<Known> {
    const { api } = this.ctx;
    const [connections, kinds, sets] = await Promise.all([
      everyItem<Connection>(api, connectionsPath(this.organization), { signal }),
      everyItem<SourceKind>(api, '/api/v1/source-kinds', { signal }),
      everyItem<SourceSet>(api, '/api/v1/source-sets', { signal }),
    ]);
    if (connections.some(({ routes }) => routes.running > 0)) void this.watch();
    return { connections, kinds, sets };
  }

  private async watch(): Promise<void> {
    if (this.watching) return;
    const watching = (this.watching = new AbortController());
    await pause(3000, watching.signal);
    this.watching = null;
    if (!watching.signal.aborted && this.isConnected) await this.refresh();
  }

  private readonly onChecked = (): void => this.requestUpdate();
  override connectedCallback(): void {
    super.connectedCallback();
    checks.addEventListener('change', this.onChecked);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    checks.removeEventListener('change', this.onChecked);
    this.watching?.abort();
    this.watching = null;
  }

  protected override heading(): string {
    return this.words.title;
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.words.lead}</p>`;
  }
  protected override actions(): TemplateResult {
    const { words } = this;
    if (this.mayChange) return html`<div class="btns"><a class="btn primary" href=${newAddress(this.organization, {})}>${icon('plus')}${words.create}</a></div>`;
    return html`<div class="btns">
      <span class="small muted grow" id="why">${words.adminOnly(this.shell.roles['organization-admin'])}</span>
      <button class="btn primary" type="button" aria-disabled="true" aria-describedby="why">${icon('plus')}${words.create}</button>
    </div>`;
  }

  protected override draw({ connections, kinds, sets }: Known): TemplateResult {
    const { words, ctx, organization } = this;
    const ways = waysTable(ctx, organization, kinds, sets, this.mayChange);
    return html`${this.problem ? refused(ctx, this.problem) : nothing}
      ${connections.length === 0
        ? html`<div class="stack">
            ${note('plug', '', words.noneTitle, words.noneText)}
            <section class="panel" aria-labelledby="ways"><div class="panel-head"><div><h2 id="ways">${words.waysTitle}</h2><p class="small muted">${words.waysLead}</p></div></div>${ways}</section>
            ${setsPanel(ctx, organization, sets, connections, this.mayChange)}
          </div>`
        : html`<div class="stack">
            <section class="panel" aria-label=${words.title}>${this.table(connections, kinds)}</section>
            ${setsPanel(ctx, organization, sets, connections, this.mayChange)}
            <details class="more"><summary>${icon('chev', 's')}${words.waysTitle}</summary><div class="panel ways">${ways}</div></details>
          </div>`}`;
  }

  private table(connections: readonly Connection[], kinds: readonly SourceKind[]): TemplateResult {
    const { words } = this;
    return html`<div class="table-wrap">
      <table class="stackable">
        <thead>
          <tr>
            <th scope="col">${words.name}</th><th scope="col">${words.leads}</th><th scope="col">${words.state}</th><th scope="col">${words.lastRun}</th>
            ${this.mayChange ? html`<th scope="col"><span class="sr">${words.action}</span></th>` : nothing}
          </tr>
        </thead>
        <tbody>${connections.map((one) => this.row(one, kinds.find((kind) => kind.name === one.kind)))}</tbody>
      </table>
    </div>`;
  }

  private row(one: Connection, kind: SourceKind | undefined): TemplateResult {
    const { words } = this;
    return html`<tr>
      <td><div><a href=${address('org', this.organization, 'connections', one.name)}><b>${nameOf(one)}</b></a><small>${kind?.title ?? one.kind}</small></div></td>
      <td data-label=${words.leads}>${this.leads(one, kind)}</td>
      <td data-label=${words.state}><div>${this.state(one, kind)}${this.checked(one, kind)}</div></td>
      <td data-label=${words.lastRun}>${this.lastRun(one, kind)}</td>
      ${this.mayChange
        ? html`<td class="act">
            <button class="btn small" type="button" aria-label="${one.enabled ? words.disable : words.enable}: ${nameOf(one)}" aria-busy=${this.busy === one.name ? 'true' : nothing} @click=${() => void this.toggle(one)}>${one.enabled ? words.disable : words.enable}</button>
          </td>`
        : nothing}
    </tr>`;
  }

  private leads(one: Connection, kind: SourceKind | undefined): unknown {
    const where = whereTo(one, kind);
    if (where) return html`<code>${where}</code>`;
    return takes(kind, 'request') ? this.words.listens : takes(kind, 'upload') ? this.words.uploadsOnly : '—';
  }

  private state(one: Connection, kind: SourceKind | undefined): unknown {
    const { words, ctx } = this;
    if (!kind) return badge('bad', 'excl', words.kindGone);
    const health = healthOf(one);
    const { enabled, failing } = one.routes;
    const text = healthText(ctx, health);
    return html`${healthBadge(ctx, kind, health)}${health.state === 'failed' && failing > 1 ? html`<p class="state-text">${words.failing(ctx.locale.number(failing), ctx.locale.number(enabled))}</p>` : nothing}${text ? html`<p class="state-text">${text}</p>` : nothing}`;
  }

  private checked(one: Connection, kind: SourceKind | undefined): unknown {
    const { words, ctx } = this;
    const check = checks.latest(connectionPath(this.organization, one.name), one);
    if (!check || check.state === 'running') return nothing;
    if (check.state === 'broken') return html`<p class="state-text">${words.checkUnsaid}</p>`;
    const { ok, at, outdated, diagnoses } = check.found;
    const said = ok ? (isBrought(kind) ? words.checkWellBrought : words.checkWell) : words.checkBad(ctx.locale.count(diagnoses.length, words.problems));
    return html`<p class="state-text">${words.checkedAt(ctx.locale.moment(at))}: ${said}${outdated ? `; ${words.outdated}` : ''}</p>`;
  }

  private lastRun(one: Connection, kind: SourceKind | undefined): unknown {
    const { words, ctx } = this;
    const { latest, count, nextRunAt } = one.routes;
    const run = latest?.run;
    const numbers = run ? countsText(ctx, run) : '';
    // Of several routes the numbers are one's.
    const whose = latest && count > 1 ? `${latest.title || latest.route}: ` : '';
    return html`<div>
      ${run ? html`<time class="num" datetime=${run.startedAt}>${ctx.locale.moment(run.startedAt)}</time>${numbers ? html`<small>${whose}${numbers}</small>` : nothing}` : html`<span class="faint">${words.never}</span>`}
      ${nextRunAt && !isBrought(kind) ? html`<small>${words.nextRun(ctx.locale.moment(nextRunAt))}</small>` : isByHandOnly(one, kind) ? html`<small>${words.byHandOnly}</small>` : nothing}
    </div>`;
  }

  private async toggle(one: Connection): Promise<void> {
    if (this.busy) return;
    this.busy = one.name;
    this.problem = null;
    try {
      const path = connectionPath(this.organization, one.name);
      const { data } = await this.ctx.api.post<Connection>(`${path}/${one.enabled ? 'disable' : 'enable'}`);
      checks.forget(path);
      this.data = { ...this.data!, connections: this.data!.connections.map((other) => (other.name === data.name ? data : other)) };
      this.ctx.say(data.enabled ? this.words.enabledNow(nameOf(data)) : this.words.disabledNow(nameOf(data)));
    } catch (error) {
      this.problem = error;
    }
    this.busy = '';
  }
}
