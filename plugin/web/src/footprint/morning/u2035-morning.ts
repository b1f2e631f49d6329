/** What a person reads in the morning: alarms, the night that runs, the last fourteen, readiness, and what to work off. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { newKey, organizationPath, type Page } from '@kit/api';
import { Part, baseStyle, failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { readAsked, withAsked } from '@kit/way';
import { namesOf, type ProjectCard } from '../lists/names';
import { may, roleOf, type Role } from '../lists/role';
import { alarmList } from './alarm-list';
import './dry-run-dialog';
import { isFinal, type Alarm, type Destination, type IntegrationCard, type Run } from './model';
import morningCss from './morning.css?inline';
import { contoursOf, nightsOf, projectsOf, shifted, type Night, type Store } from './nights';
import './nights-panel';
import './readiness-panel';
import type { ReadinessPanel } from './readiness-panel';
import './resend-dialog';
import './running-night';
import { titleOf } from './running-night';
import { texts } from './texts';
import './todo-panel';
import type { TodoPanel } from './todo-panel';

const allProjects = { project: '' };
const days = 14;
const lookEvery = 30_000;
const mostPages = 10;

@customElement('u2035-morning')
export class U2035Morning extends Part {
  static override styles = [baseStyle, unsafeCSS(morningCss)];

  @property() path = '';
  /** What the nights are narrowed to. */
  @property() asked = '';
  @state() private runs: Run[] | null = null;
  @state() private alarms: Alarm[] = [];
  @state() private destinations: Destination[] = [];
  @state() private cards: IntegrationCard[] | null = null;
  @state() private projects: readonly ProjectCard[] = [];
  /** The platform around this page leads to no other: a person is told where to go. */
  @state() private elsewhere = '';
  @state() private own: Role | null = null;
  @state() private running: Run | null = null;
  @state() private dialog: 'dry' | 'resend' | null = null;
  @state() private starting = false;
  @state() private error: unknown = null;
  @state() private startError: unknown = null;
  @state() private stores: Store[] = [];
  @state() private reads = 0;
  @state() private now = new Date();
  @query('u2035-readiness-panel') private readiness!: ReadinessPanel | null;
  @query('u2035-todo-panel') private todo!: TodoPanel | null;
  private timer = 0;

  private get base(): string {
    return organizationPath(this.ctx.organization);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void roleOf(this.ctx).then((role) => (this.own = role));
    void namesOf(this.ctx)
      .projects()
      .then((projects) => (this.projects = projects));
    void this.read();
    this.timer = window.setInterval(() => void this.look(), lookEvery);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.timer);
  }

  protected override willUpdate(changed: PropertyValues): void {
    // The alarms are told by the server, in the language that was asked for.
    if (changed.has('ctx') && this.hasUpdated) void this.read();
  }

  private async read(): Promise<void> {
    this.error = null;
    this.now = new Date();
    const get = async <T>(path: string, otherwise: T): Promise<T> => {
      try {
        return (await this.ctx.api.get<Page<unknown> & { items: T }>(this.base + path)).data.items;
      } catch {
        return otherwise;
      }
    };
    // The runs are the page; what stands around them must not keep them from being shown.
    void get<Alarm[]>('/alarms?limit=100', []).then((alarms) => (this.alarms = alarms));
    void get<Destination[]>('/u2035/destinations', []).then((destinations) => (this.destinations = destinations));
    void get<IntegrationCard[] | null>('/u2035/integrations', null).then((cards) => (this.cards = cards));
    // Which contour a run sent to only administrators may see; to others all of it counts.
    void roleOf(this.ctx).then(async (role) => (this.stores = may(role, 'organization-admin') ? await get<Store[]>('/u2035/stores?limit=1000', []) : []));
    try {
      this.runs = await this.readRuns();
      this.reads += 1;
      this.running = this.runs.find((run) => !isFinal(run)) ?? null;
    } catch (error) {
      this.error = error;
    }
  }

  /** As far back as the chart shows: follow-ups may be many. */
  private async readRuns(): Promise<Run[]> {
    const runs: Run[] = [];
    const first = shifted(this.ctx.locale.dateKey(this.now), -days);
    let cursor: string | null = null;
    for (let i = 0; i < mostPages; i += 1) {
      const page: Page<Run> = (await this.ctx.api.get<Page<Run>>(`${this.base}/u2035/runs`, { query: { limit: 200, cursor } })).data;
      runs.push(...page.items);
      const last = page.items.at(-1);
      cursor = page.next;
      if (cursor === null || (last && this.ctx.locale.dateKey(last.createdAt) < first)) break;
    }
    return runs;
  }

  /** Has the schedule or somebody else started one? */
  private async look(): Promise<void> {
    if (document.hidden || this.running || this.error) return;
    this.now = new Date();
    try {
      const { data } = await this.ctx.api.get<Page<Run>>(`${this.base}/u2035/runs`, { query: { limit: 5 } });
      if (data.items[0]?.id !== this.runs?.[0]?.id) await this.read();
      else this.running = data.items.find((run) => !isFinal(run)) ?? null;
    } catch {
      // The next look finds out; what is shown stays.
    }
  }

  private get hindrance(): string {
    const t = texts[this.ctx.language].why;
    if (!may(this.own, 'organization-admin')) return t.role;
    return this.running && !this.running.arguments.dryRun ? t.running : '';
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    return html`${this.head()}
      ${this.startError ? html`<div class="gap"><h2 class="sr">${t.runNow}</h2>${failure(this.ctx, this.startError)}</div>` : nothing}
      ${alarmList(this.ctx, this.alarms, this.destinations, this.titles, (project) => this.toIntegration(project))}
      ${this.elsewhere ? html`<p class="hint gap" role="status">${this.elsewhere}</p>` : nothing} ${this.integrations()}
      ${this.running
        ? html`<u2035-running-night class="gap" .ctx=${this.ctx} .run=${this.running} @ended=${(event: CustomEvent<{ run: Run }>) => this.ended(event.detail.run)}></u2035-running-night>`
        : nothing}
      ${this.error
        ? html`<section class="panel" aria-labelledby="broken"><div class="panel-head"><h2 id="broken">${t.nights}</h2></div><div class="panel-body">${failure(this.ctx, this.error, () => void this.read())}</div></section>`
        : this.runs ? this.nights(this.runs) : loading(this.ctx)}
      <div class="morning">
        <u2035-readiness-panel .ctx=${this.ctx}></u2035-readiness-panel>
        <u2035-todo-panel .ctx=${this.ctx} .checked=${(this.runs ?? []).some((run) => isFinal(run) && !run.arguments.dryRun)}></u2035-todo-panel>
      </div>
      ${this.dialog === 'dry'
        ? html`<u2035-dry-run-dialog .ctx=${this.ctx} .hindrance=${this.hindrance} @closed=${() => this.closed('dry')} @start=${() => void this.start()} @list=${() => this.ctx.go('unsendable')}></u2035-dry-run-dialog>`
        : nothing}
      ${this.dialog === 'resend'
        ? html`<u2035-resend-dialog .ctx=${this.ctx} .projects=${this.active} @closed=${() => this.closed('resend')} @started=${() => void this.read()} aria-label=${t.resend}></u2035-resend-dialog>`
        : nothing}`;
  }

  private get titles(): Map<string, string> {
    return new Map([...this.projects, ...(this.cards ?? [])].map((one) => [one.project, one.title]));
  }
  private toIntegration(project: string): void {
    const t = texts[this.ctx.language];
    this.elsewhere = this.ctx.go(project, { element: 'u2035-integrations' }) ? '' : t.elsewhere(this.titles.get(project) ?? project);
  }
  private get active(): IntegrationCard[] {
    return (this.cards ?? []).filter((one) => one.status === 'active');
  }

  private head(): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const why = this.hindrance;
    const role = may(this.own, 'organization-admin') ? '' : t.why.role;
    const nowhere = this.cards !== null && this.active.length === 0 ? t.why.none : '';
    const weekday = locale.weekday(this.now, 'long');
    const button = (id: string, words: string, stop: string, click: () => void, look: string, mark: unknown, busy = false) =>
      html`<button class="btn ${look}" id=${id} type="button" aria-busy=${busy ? 'true' : nothing} aria-disabled=${stop ? 'true' : nothing} aria-describedby=${stop ? 'why' : nothing} @click=${() => (stop || busy ? nothing : click())}>${mark}${words}</button>`;
    return html`<header class="page-head">
      <div class="head-main">
        <h1>${t.title}</h1>
        <p class="muted">${t.now(weekday.charAt(0).toLocaleUpperCase(this.ctx.language) + weekday.slice(1), locale.day(this.now), locale.time(this.now))}</p>
      </div>
      <div class="head-acts">
        <div class="btns">
          ${button('resend', t.resend, role || nowhere, () => (this.dialog = 'resend'), '', nothing)}
          ${button('dry', t.dryRun, role, () => (this.dialog = 'dry'), '', nothing)}
          ${button('start', t.runNow, why, () => void this.start(), 'primary', icon('play'), this.starting)}
        </div>
        <p class="hint" id="why">${role || why || nowhere}</p>
      </div>
    </header>`;
  }

  private integrations(): unknown {
    const t = texts[this.ctx.language];
    const { cards, active } = this;
    if (!cards || active.length === cards.length) return nothing;
    const rest = cards.filter((one) => one.status !== 'active').map((one) => `«${one.title}»`);
    return active.length === 0
      ? html`<div class="note warn gap" role="region" aria-label=${t.notActive}>${icon('plug')}<div><h2>${t.notActive}</h2><p>${t.notActiveFix}</p></div></div>`
      : html`<p class="hint gap">${t.notActiveSome(rest.join(', '))}</p>`;
  }

  private nights(runs: Run[]): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const known = projectsOf(runs);
    const asked = readAsked(this.asked, allProjects).project;
    const project = known.includes(asked) ? asked : '';
    const nights: Night[] = nightsOf(runs, (time) => locale.dateKey(time), locale.dateKey(this.now), days, project, contoursOf(this.stores));
    if (nights.every((night) => night.runs.length === 0))
      return html`<section class="panel"><div class="empty">${icon('moon')}<h2>${t.noRuns}</h2><p>${t.noRunsFix}</p></div></section>`;
    return html`<u2035-nights-panel
      .ctx=${this.ctx}
      .nights=${nights}
      .reads=${this.reads}
      .project=${project}
      .projects=${known.map((one) => ({ project: one, title: this.titles.get(one) ?? one }))}
      @project=${(event: CustomEvent<string>) => this.ctx.go(withAsked('', { project: event.detail }, allProjects), { replace: true })}
    ></u2035-nights-panel>`;
  }

  private async start(): Promise<void> {
    this.dialog = null;
    this.starting = true;
    this.startError = null;
    try {
      const { data } = await this.ctx.api.post<Run>(`${this.base}/u2035/runs`, {}, { idempotencyKey: newKey() });
      this.running = data;
      this.runs = [data, ...(this.runs ?? [])];
      this.ctx.say(texts[this.ctx.language].started);
    } catch (error) {
      this.startError = error;
    }
    this.starting = false;
  }

  private ended(run: Run): void {
    const { locale } = this.ctx;
    this.running = null;
    this.ctx.say(texts[this.ctx.language].ended(titleOf(run, this.ctx), locale.number(run.counts.delivered ?? 0)));
    void this.read();
    void this.readiness?.read();
    void this.todo?.read();
  }

  private closed(dialog: 'dry' | 'resend'): void {
    if (this.dialog === dialog) this.dialog = null;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#${dialog}`)?.focus());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-morning': U2035Morning;
  }
}
