import { everyItem, newKey, pause } from '@kit/api';
import { icon } from '@kit/icons';
import { personOf } from '@kit/session';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { badge } from '../badge';
import { actorWords } from '../journal/actor';
import { address } from '../route';
import { View, crumbs, note, refused } from '../view';
import './check-panel';
import { checks } from './checks';
import { formTexts } from './form-texts';
import { healthOf, isByHandOnly, obstacleToRun } from './health';
import { connectionPath, isBrought, isGoing, mayHere, nameOf, whereTo, type Connection, type Route, type Run, type SourceField, type SourceKind, type SourceSet } from './model';
import './remove';
import type { ConnectionRemove } from './remove';
import './routes-table';
import { scheduleText } from '../routes/schedule-field';
import { connectionStyle, healthBadge, healthText } from './shown';
import { connectionTexts } from './texts';
import { isKept } from './values';

interface Known {
  connection: Connection;
  routes: Route[];
  kind: SourceKind | null;
  hasSets: boolean;
  changedBy: string;
}

/** One connection: what it is, whether it works, its routes, and what one does with it. */
@customElement('lms-connection')
export class ConnectionView extends View<Known> {
  static override styles = [...View.styles, connectionStyle];
  @state() private problem: unknown = null;
  @state() private conflict = false;
  @state() private busy = '';
  @query('lms-connection-remove') private removing!: ConnectionRemove;
  private watching: AbortController | null = null;

  private get words() {
    return connectionTexts[this.ctx.language];
  }
  private get where(): string {
    return connectionPath(this.organization, this.path);
  }
  private get mayChange(): boolean {
    return mayHere(this.ctx.session, this.organization, 'organization-admin');
  }

  protected override async load(signal: AbortSignal): Promise<Known> {
    const { api } = this.ctx;
    const [{ data: connection }, routes, kinds, sets] = await Promise.all([
      api.get<Connection>(this.where, { signal }),
      everyItem<Route>(api, `${this.where}/routes`, { signal }),
      everyItem<SourceKind>(api, '/api/v1/source-kinds', { signal }),
      everyItem<SourceSet>(api, '/api/v1/source-sets', { signal }),
    ]);
    const kind = kinds.find((one) => one.name === connection.kind) ?? null;
    const isPerson = !connection.changedBy.includes(':');
    const changedBy = isPerson ? await personOf(api, connection.changedBy) : actorWords(this.ctx.language, connection.changedBy);
    if (isBrought(kind)) await import('../arrivals/arrivals');
    if (routes.some((route) => isGoing(route.latestRun))) void this.watch();
    return { connection, routes, kind, hasSets: sets.some((set) => set.kind === connection.kind), changedBy };
  }

  private async watch(): Promise<void> {
    if (this.watching) return;
    const watching = (this.watching = new AbortController());
    await pause(2000, watching.signal);
    this.watching = null;
    if (!watching.signal.aborted && this.isConnected) await this.refresh();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watching?.abort();
    this.watching = null;
  }

  protected override wayHere(): TemplateResult {
    return crumbs(this.words.toList, address('org', this.organization, 'connections'), this.heading());
  }
  protected override heading(): string {
    return this.data ? nameOf(this.data.connection) : this.path;
  }
  protected override lead(): unknown {
    if (!this.data) return nothing;
    const { connection, kind } = this.data;
    const health = healthOf(connection);
    const byHand = health.state === 'well' || health.state === 'never' ? isByHandOnly(connection, kind) : false;
    const text = (kind ? healthText(this.ctx, health) : '') || (byHand ? this.words.byHandOnly : '');
    const what = [kind?.title ?? connection.kind, whereTo(connection, kind)].filter(Boolean).join(' · ');
    const shown = kind ? healthBadge(this.ctx, kind, health) : badge('bad', 'excl', this.words.kindGone);
    return html`<p class="lead state-line">${shown}<span class="what">${what}</span>${text ? html`<span class="what">${text}</span>` : nothing}</p>`;
  }

  protected override actions(): unknown {
    const { words } = this;
    const { connection, routes, kind } = this.data!;
    const mayRun = mayHere(this.ctx.session, this.organization, 'methodist');
    const obstacle = obstacleToRun(connection);
    const whyNot = mayRun ? (obstacle ? words.obstacles[obstacle] : '') : words.runsMethodist(this.shell.roles.methodist);
    return html`<div class="btns">
      ${this.mayChange
        ? html`<button class="btn" type="button" aria-busy=${this.busy === 'toggle' ? 'true' : nothing} @click=${() => void this.toggle(connection)}>${connection.enabled ? words.disable : words.enable}</button>
            ${kind ? html`<a class="btn" href=${address('org', this.organization, 'connections', this.path, 'edit')}>${words.edit}</a>` : nothing}`
        : [connection.enabled ? words.disable : words.enable, words.edit].map((text) => html`<button class="btn" type="button" aria-disabled="true" aria-describedby="why-admin">${text}</button>`)}
      ${isBrought(kind)
        ? nothing
        : html`<button class="btn ${routes.length ? 'primary' : ''}" type="button" aria-disabled=${whyNot ? 'true' : nothing} aria-describedby=${whyNot ? 'why-not' : nothing} aria-busy=${this.busy === 'run' ? 'true' : nothing} @click=${() => !whyNot && void this.run()}>${icon('play')}${words.runAll}</button>
            ${whyNot ? html`<span class="small muted" id="why-not">${whyNot}</span>` : nothing}`}
      ${this.mayChange ? nothing : html`<span class="small muted" id="why-admin">${words.adminOnly(this.shell.roles['organization-admin'])}</span>`}
    </div>`;
  }

  protected override draw({ connection, routes, kind, hasSets, changedBy }: Known): TemplateResult {
    const { words, ctx, organization } = this;
    return html`<div class="stack">
      ${this.conflict ? html`<div role="alert">${note('alert', 'warn', formTexts[ctx.language].conflictTitle, words.changedMeanwhile)}</div>` : nothing}
      ${this.problem ? refused(ctx, this.problem) : nothing}
      ${kind ? nothing : note('module', 'bad', words.kindGone, words.kindGoneText(connection.kind))}
      <lms-connection-check .ctx=${ctx} .organization=${organization} .connection=${connection} .kind=${kind}></lms-connection-check>
      <lms-connection-routes .ctx=${ctx} .organization=${organization} .connection=${connection} .kind=${kind} .routes=${routes} .hasSets=${hasSets} @routes-changed=${() => this.changed()}></lms-connection-routes>
      ${isBrought(kind) ? html`<lms-arrivals .ctx=${ctx} .organization=${organization} .connection=${connection.name} .kind=${kind} .changes=${changesOf(connection, routes)} @arrived=${() => void this.refresh()}></lms-arrivals>` : nothing}
      ${this.facts(connection, kind, changedBy)}
      <div class="btns">
        <a class="btn" href=${address('org', organization, 'connections', connection.name, 'log')}>${icon('list')}${words.log}</a>
        ${this.mayChange
          ? html`<button class="btn danger-quiet" type="button" @click=${() => void this.removing.ask()}>${words.remove}</button>`
          : html`<button class="btn" type="button" aria-disabled="true" aria-describedby="why-admin">${words.remove}</button>`}
      </div>
      <lms-connection-remove .ctx=${ctx} .organization=${organization} .connection=${connection} .kind=${kind} .routes=${routes.length} @changed-meanwhile=${() => void this.lookAgain()}></lms-connection-remove>
    </div>`;
  }

  private facts(connection: Connection, kind: SourceKind | null, changedBy: string): TemplateResult {
    const { words, ctx } = this;
    // Of what isn't described any more (its module is gone) the names stand as they are kept.
    const fields = kind?.connection ?? Object.keys(connection.settings).map((name) => ({ name, title: name, type: 'text' as const, choices: undefined, choiceTitles: undefined }));
    const given = fields.filter(({ name, type }) => (type === 'secret' ? isKept(connection.settings[name]) : connection.settings[name] !== undefined));
    return html`<section class="panel" aria-labelledby="facts">
      <div class="panel-head"><h2 id="facts">${words.facts}</h2></div>
      <div class="panel-body">
        <dl class="facts wide">
          <dt>${words.kind}</dt><dd>${kind?.title ?? connection.kind}</dd>
          <dt>${words.nameInAddress}</dt><dd><code>${connection.name}</code></dd>
          ${isBrought(kind) ? nothing : html`<dt>${words.schedule}</dt><dd>${connection.schedule ? scheduleText(ctx, connection.schedule) : formTexts[ctx.language].never}</dd>`}
          ${given.map((field) => html`<dt>${field.title}</dt><dd>${shownValue(ctx.language, connection.settings[field.name], field)}</dd>`)}
          <dt>${words.changed}</dt><dd>${words.changedBy(ctx.locale.moment(connection.changedAt), changedBy)}</dd>
        </dl>
      </div>
    </section>`;
  }

  /** What a route's change makes of the connection is read again without taking anything away meanwhile. */
  private changed(): void {
    checks.forget(this.where);
    void this.refresh();
  }

  private async lookAgain(): Promise<void> {
    await this.refresh();
    this.conflict = true;
  }

  private async toggle(connection: Connection): Promise<void> {
    await this.doing('toggle', async () => {
      const { data } = await this.ctx.api.post<Connection>(`${this.where}/${connection.enabled ? 'disable' : 'enable'}`);
      checks.forget(this.where);
      this.data = { ...this.data!, connection: data };
      this.ctx.say(data.enabled ? this.words.enabledNow(nameOf(data)) : this.words.disabledNow(nameOf(data)));
    });
  }

  private async run(): Promise<void> {
    await this.doing('run', async () => {
      const { data } = await this.ctx.api.post<{ items: Run[] }>(`${this.where}/run`, {}, { idempotencyKey: newKey() });
      this.ctx.say(this.words.runAllDone(this.ctx.locale.count(data.items.length, this.words.routeForms)));
      await this.refresh();
    });
  }

  private async doing(what: string, act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = what;
    this.problem = null;
    this.conflict = false;
    try {
      await act();
    } catch (error) {
      this.problem = error;
    }
    this.busy = '';
  }
}

function shownValue(language: 'ru' | 'en', value: unknown, { choices, choiceTitles }: Pick<SourceField, 'choices' | 'choiceTitles'>): unknown {
  if (isKept(value)) return connectionTexts[language].secretKept(value.lastFour);
  if (typeof value === 'boolean') return connectionTexts[language].flags[value ? 'yes' : 'no'];
  if (Array.isArray(value)) return html`<code>${value.join(', ')}</code>`;
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([name, one]) => html`<div><code>${name}: ${String(one)}</code></div>`);
  const text = String(value);
  if (choices) return choiceTitles?.[text] ?? text;
  // A certificate is long and nobody reads it here.
  return html`<code>${text.length > 200 ? `${text.slice(0, 60)}…` : text}</code>`;
}

/** What of them matters to whoever brings something here. */
function changesOf(connection: Connection, routes: readonly Route[]): string {
  return JSON.stringify([connection.enabled, routes.map((route) => [route.name, route.enabled])]);
}
