/** `path`: "" or the id of the record that is open; `asked`: what the list is narrowed to. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiError, organizationPath } from '@kit/api';
import { Part, baseStyle, failure, forbidden } from '@kit/element';
import { icon } from '@kit/icons';
import type { LoadPage } from '@kit/long-list';
import { withAsked } from '@kit/way';
import { filterStyle, select } from '../lists/list-part';
import { namesOf, projectTitle, type FlowRecord } from '../lists/names';
import { kindName } from '../lists/codes';
import '../lists/csv-button';
import { flowOf, whatOf, whoOf } from '../lists/row-names';
import '../lists/search-field';
import { may, roleOf, type Role } from '../lists/role';
import { whenIn } from '../statements/way-view';
import '../lists/work-list';
import type { WorkList } from '../lists/work-list';
import { boxOf, extended, hindrance, isChosen, nothingChosen, sizeOf, toggled, type Choice } from './choice';
import type { Action } from './decide';
import './decision-dialog';
import { countOf, everything, filterOf, refusalsOf, tabs, type Filter, type Groups, type QuarantineRow, type Verdicts } from './model';
import quarantineCss from './quarantine.css?inline';
import { told, type Notice } from './notice';
import './quarantine-record';
import type { QuarantineRecord } from './quarantine-record';
import { texts } from './texts';

type Foot = { loading: boolean; error: unknown; loaded: number; complete: boolean };

@customElement('u2035-quarantine')
export class U2035Quarantine extends Part {
  static override styles = [baseStyle, filterStyle, unsafeCSS(quarantineCss)];

  @property() path = '';
  @property() asked = '';
  @state() private filter: Filter = everything;
  /** Of the run and the project that the list is narrowed to. */
  @state() private runStart = '';
  @state() private project = '';
  @state() private groups: Groups | null = null;
  @state() private flows = new Map<string, FlowRecord>();
  @state() private own: Role | null = null;
  @state() private choice: Choice = nothingChosen;
  @state() private load: LoadPage<QuarantineRow> | null = null;
  @state() private asking: Action | null = null;
  @state() private notice: Notice | null = null;
  @state() private changed = '';
  @state() private wide = true;
  @state() private barred = false;
  @query('u2035-work-list') private list!: WorkList<QuarantineRow>;
  /** One and the same beside the list and in a sheet: a window that is made smaller takes nothing from what is typed. */
  private readonly panel = this.makePanel();
  private last = -1;
  private seen = -1;
  /** The open record whose row was brought into sight: afterwards the list stands where a person scrolls it. */
  private brought = '';
  private readonly sizes = new ResizeObserver(([entry]) => (this.wide = entry!.contentRect.width > 860));

  private get base(): string {
    return `${organizationPath(this.ctx.organization)}/u2035/quarantine`;
  }
  private get isNarrowed(): boolean {
    return Object.entries(this.filter).some(([name, value]) => name !== 'state' && value !== '');
  }
  /** How many fit the whole filter; null: not known yet. */
  private get total(): number | null {
    return this.groups && countOf(this.groups, this.filter);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
    void namesOf(this.ctx)
      .flows()
      .then((flows) => (this.flows = flows));
    void roleOf(this.ctx).then((role) => (this.own = role));
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('asked') || !this.load) this.filter = filterOf(this.asked);
    // Causes and reasons are the server's, in the language that was asked for.
    if (!this.load || changed.has('filter') || changed.has('ctx')) this.reload();
    if (changed.has('filter')) void this.name();
  }

  protected override updated(changed: PropertyValues): void {
    const sheet = this.renderRoot.querySelector<HTMLDialogElement>('dialog.sheet');
    if (sheet && !sheet.open) sheet.showModal();
    if (changed.has('path')) this.brought = '';
    this.bring();
    if (changed.has('path') && this.path && changed.get('path') !== undefined) void this.updateComplete.then(() => this.panel.focus());
  }

  /** The row of the open record, once it is loaded. */
  private bring(): void {
    if (!this.path || this.brought === this.path) return;
    const at = this.openedAt();
    if (at < 0) return;
    this.brought = this.path;
    // The rows that were just loaded have their place after the list's own update.
    void this.list.updateComplete.then(() => this.list.show(at));
  }
  private openedAt(): number {
    return (this.list?.loaded ?? []).findIndex((one) => one.id === this.path || one.statementId === this.path);
  }

  private reload(): void {
    const { filter } = this;
    this.brought = '';
    this.choice = nothingChosen;
    this.last = -1;
    this.load = async (cursor, signal) =>
      (await this.ctx.api.get<{ items: QuarantineRow[]; next: string | null }>(this.base, { query: { ...filter, limit: 200, cursor }, signal })).data;
    void this.count();
  }

  private async count(): Promise<void> {
    const { filter } = this;
    try {
      const { data } = await this.ctx.api.get<Groups>(`${this.base}/groups`, { query: { ...filter, cause: '', reason: '' } });
      if (filter === this.filter) this.groups = data;
    } catch (error) {
      // The list itself says what is wrong, unless all of it is for others.
      this.groups = null;
      this.barred = error instanceof ApiError && error.status === 403;
    }
  }

  /** A run is told by when it began, a project by its title. */
  private async name(): Promise<void> {
    const { run, project } = this.filter;
    this.runStart = this.project = '';
    if (project) void projectTitle(this.ctx, project).then((title) => (this.project = title));
    if (!run) return;
    try {
      const { data } = await this.ctx.api.get<{ createdAt: string; startedAt: string | null }>(`${organizationPath(this.ctx.organization)}/u2035/runs/${encodeURIComponent(run)}`);
      if (run === this.filter.run) this.runStart = data.startedAt ?? data.createdAt;
    } catch {
      // Its number serves.
    }
  }

  /** The address keeps what the list is narrowed to. */
  private way(id: string, filter = this.filter): string {
    return withAsked(id ? `quarantine/${id}` : 'quarantine', filter, everything);
  }

  private change(part: Partial<Filter>): void {
    this.ctx.go(this.way(this.path, { ...this.filter, ...part }), { replace: true });
    this.notice = null;
    this.changed = '';
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    if (this.barred) return html`<header class="page-head"><div class="head-main"><h1>${t.title}</h1></div></header>${forbidden(this.ctx.kit.forbiddenTitle, t.forbidden)}`;
    return html`<header class="page-head">
        <div class="head-main">
          <h1>${t.title}</h1>
          <p class="muted">${this.groups && !this.isNarrowed && this.filter.state === 'open' ? t.lead(this.groups.total, locale) : nothing}</p>
        </div>
        <div class="btns">
          <u2035-csv .ctx=${this.ctx} .from=${this.base} .filters=${this.filter}></u2035-csv>
        </div>
      </header>
      ${this.toolbar()} ${told(this.ctx, this.changed, this.notice, () => (this.notice = null))}
      <div class=${this.wide && (this.path || this.total !== 0) ? 'work' : this.total === 0 ? 'work alone none' : 'work alone'}>
        <section class="panel list-panel" aria-labelledby="list">
          <h2 class="sr" id="list">${t.list}</h2>
          ${this.bulk()}
          <u2035-work-list
            .load=${this.load}
            .label=${t.list}
            .row=${(row: QuarantineRow, i: number) => this.row(row, i)}
            .foot=${(state: Foot) => this.foot(state)}
            .onChoose=${(i: number, extend: boolean) => this.choose(i, extend)}
          ></u2035-work-list>
        </section>
        ${this.side()}
      </div>
      ${this.asking
        ? html`<u2035-decision-dialog .ctx=${this.ctx} .action=${this.asking} .choice=${this.choice} .filter=${this.filter} .filterWords=${this.filterWords()} @closed=${() => (this.asking = null)} @decided=${(event: CustomEvent<{ action: Action; verdicts: Verdicts }>) => this.decided(event.detail)} @changed=${(event: CustomEvent<string>) => this.listChanged(event.detail)}></u2035-decision-dialog>`
        : nothing}`;
  }

  private toolbar(): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const { filter, groups } = this;
    const refusals = groups ? refusalsOf(groups, filter.cause) : [];
    const facet = (pressed: boolean, click: () => void, words: string, n?: number) =>
      html`<button class="facet" type="button" aria-pressed=${pressed} @click=${click}>${words}${n === undefined ? nothing : html` <span>${locale.number(n)}</span>`}</button>`;
    // What is taken off is gone: the focus goes on from what stood beside it.
    const drop = async (click: () => void) => {
      click();
      // By way of the address.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.facet')?.focus();
    };
    const dropped = (words: string, click: () => void) =>
      html`<button class="facet" type="button" aria-pressed="true" @click=${() => void drop(click)}>${words} ${icon('x', 's')}<span class="sr">: ${t.clear}</span></button>`;
    return html`<div class="toolbar">
        <u2035-search .ctx=${this.ctx} .label=${t.searchLabel} .hint=${t.searchHint} .words=${filter.q} @search=${(event: CustomEvent<string>) => this.change({ q: event.detail })}></u2035-search>
        ${select(t.flow, filter.flow, [{ value: '', title: t.allFlows }, ...[...this.flows.values()].map((one) => ({ value: one.id, title: one.title || t.flowId(one.id) }))], (flow) => this.change({ flow }))}
        ${refusals.length > 1 || filter.reason
          ? select(t.refusal, filter.reason, [{ value: '', title: t.allRefusals }, ...refusals.map((one) => ({ value: one.group, title: `${one.group}: ${locale.number(one.count)}` }))], (reason) => this.change({ reason }))
          : nothing}
        <div class="seg" role="group" aria-label=${t.tabs}>
          ${tabs.map(
            (one) => html`<button type="button" aria-pressed=${one === filter.state} @click=${() => this.change({ state: one, cause: '', reason: '' })}>${t.tab[one]}</button>`,
          )}
        </div>
      </div>
      <div class="facets" role="group" aria-label=${t.cause}>
        ${filter.run ? dropped(t.onlyRun(this.runStart ? locale.moment(this.runStart) : filter.run), () => this.change({ run: '' })) : nothing}
        ${filter.project ? dropped(t.onlyProject(this.project || filter.project), () => this.change({ project: '' })) : nothing}
        ${facet(filter.cause === '', () => this.change({ cause: '', reason: '' }), t.all, groups?.total)}
        ${[...(groups?.byCause ?? [])].sort((a, b) => b.count - a.count).map((one) => facet(one.cause === filter.cause, () => this.change({ cause: one.cause, reason: '' }), one.title, one.count))}
      </div>`;
  }

  private bulk(): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const box = boxOf(this.choice, this.total);
    const stop = !may(this.own, 'organization-admin') ? 'role' : hindrance(this.choice);
    const button = (action: Action, look: string, mark: unknown) =>
      html`<button class="btn small ${look}" type="button" aria-disabled=${stop ? 'true' : nothing} aria-describedby=${stop ? 'why' : nothing} @click=${() => (stop ? nothing : (this.asking = action))}>${mark}${t[action]}</button>`;
    return html`<div class="bulk">
      <label class="pick-all"><input type="checkbox" aria-label=${t.chooseAll} .checked=${box === 'all'} .indeterminate=${box === 'some'} ?disabled=${!this.total} @change=${this.chooseAll} /> <span aria-live="polite">${t.chosen(sizeOf(this.choice), locale)}</span></label>
      <div class="btns">
        ${this.filter.state === 'open' ? html`${button('replay', '', icon('refresh', 's'))}${button('discard', '', nothing)}` : button('restore', '', nothing)}
      </div>
      <p class="hint ${stop === 'nothing' ? 'sr' : ''}" id="why">${stop ? t.why[stop] : nothing}</p>
      <p class="sr">${t.keys}</p>
    </div>`;
  }

  private row(row: QuarantineRow, i: number): TemplateResult {
    const t = texts[this.ctx.language];
    const kind = kindName(this.ctx.language, row.kind);
    const who = whoOf(this.ctx, row, t.methodist);
    const open = row.id === this.path || row.statementId === this.path;
    return html`<div class="work-row choosing" data-row=${i} ?data-picked=${open}>
      <label class="pick"><input type="checkbox" aria-label=${t.chooseRow(`${who}, ${kind}`)} .checked=${isChosen(this.choice, row.id)} @click=${(event: MouseEvent) => this.choose(i, event.shiftKey)} /></label>
      <div class="c-why">
        <span class="why">${row.status ? html`<span class="code">${row.status}</span>` : nothing}<b>${row.title}</b></span>
        <small class="mono" title=${row.reason}>${row.reason}</small>
      </div>
      <div class="c-rec">
        <button class="open" type="button" data-open aria-current=${open ? 'true' : nothing} @click=${() => this.open(row.id)}>${who}</button>
        <small>${[kind, whatOf(row), flowOf(this.ctx, row)].filter(Boolean).join(', ')}</small>
      </div>
      <span class="when">${whenIn(this.ctx, row.refusedAt)}</span>
    </div>`;
  }

  private foot(state: Foot): unknown {
    // The open record's place is told once its row is there.
    if (state.loaded !== this.seen) {
      this.seen = state.loaded;
      void Promise.resolve().then(() => this.requestUpdate());
    }
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    if (state.error) return failure(this.ctx, state.error, () => void this.list.more());
    if (state.loading) return html`<p class="list-foot" role="status"><span class="spin" aria-hidden="true"></span>${this.ctx.kit.loading}</p>`;
    if (state.complete && state.loaded === 0) {
      const tab = this.filter.state;
      const filtered = this.isNarrowed;
      return html`<div class="empty">
        ${icon(tab === 'open' && !filtered ? 'okc' : 'inbox')}
        <h2>${filtered ? t.emptyFiltered : t.empty[tab]}</h2>
        <p>${filtered ? t.emptyFilteredFix : t.emptyFix[tab]}</p>
      </div>`;
    }
    return html`<p class="list-foot">${t.shown(locale.number(state.loaded), locale.number(Math.max(state.loaded, this.total ?? 0)))}</p>`;
  }

  private side(): unknown {
    const t = texts[this.ctx.language];
    if (!this.path) this.panel.record = '';
    if (!this.path)
      return this.wide && this.total !== 0
        ? html`<aside class="panel aside-empty" aria-label=${t.record}><div class="empty">${icon('inbox')}<h2>${t.choose}</h2><p>${t.chooseFix}</p><p class="caption">${t.keys}</p></div></aside>`
        : nothing;
    const at = this.openedAt();
    this.panel.toggleAttribute('sheet', !this.wide);
    Object.assign(this.panel, { ctx: this.ctx, record: this.path, place: at + 1, total: this.total ?? 0, mayDecide: may(this.own, 'organization-admin') });
    return this.wide ? html`<aside aria-label=${t.record}>${this.panel}</aside>` : html`<dialog class="sheet" aria-label=${t.record} @cancel=${this.cancelled}>${this.panel}</dialog>`;
  }

  private makePanel(): QuarantineRecord {
    const panel = document.createElement('u2035-quarantine-record');
    panel.addEventListener('closed', () => this.close());
    panel.addEventListener('step', (event) => void this.step(panel.place - 1 + (event as CustomEvent<{ by: number }>).detail.by));
    panel.addEventListener('decided', (event) => this.decidedOne((event as CustomEvent<{ action: Action; verdicts: Verdicts; id: string }>).detail));
    return panel;
  }

  private filterWords(): string {
    const t = texts[this.ctx.language];
    const { filter } = this;
    const words = [
      filter.cause ? (this.groups?.byCause.find((one) => one.cause === filter.cause)?.title ?? filter.cause) : t.all,
      filter.flow ? this.flows.get(filter.flow)?.title || t.flowId(filter.flow) : '',
      filter.reason,
      filter.project ? this.project || filter.project : '',
      filter.run ? t.onlyRun(this.runStart ? this.ctx.locale.moment(this.runStart) : filter.run) : '',
      filter.q ? `«${filter.q}»` : '',
    ];
    return words.filter(Boolean).join(', ');
  }

  private open(id: string): void {
    this.ctx.go(this.way(id));
  }

  private async step(to: number): Promise<void> {
    while (to >= this.list.loaded.length && this.list.loaded.length < (this.total ?? 0)) {
      const before = this.list.loaded.length;
      await this.list.more();
      if (this.list.loaded.length === before) return;
    }
    const row = this.list.loaded[to];
    if (row) this.open(row.id);
  }

  private readonly close = (): void => {
    const at = this.openedAt();
    this.ctx.go(this.way(''));
    void this.updateComplete.then(() => this.list.focusRow(Math.max(0, at)));
  };

  private readonly cancelled = (event: Event): void => {
    event.preventDefault();
    this.close();
  };

  private choose(i: number, extend: boolean): void {
    const { loaded } = this.list;
    const row = loaded[i];
    if (!row) return;
    this.choice = extend && this.last >= 0 ? extended(this.choice, this.last, i, loaded) : toggled(this.choice, row.id, loaded);
    this.last = i;
  }

  private readonly chooseAll = (event: Event): void => {
    const on = (event.target as HTMLInputElement).checked;
    // A repeat is taken back by name only, so there "all" are those that are loaded.
    this.choice = !on
      ? nothingChosen
      : this.filter.state === 'queued'
        ? { kind: 'rows', ids: new Set(this.list.loaded.map((one) => one.id)) }
        : { kind: 'all', count: this.total ?? 0 };
  };

  private decided(done: { action: Action; verdicts: Verdicts }): void {
    this.notice = done;
    this.changed = '';
    this.ctx.say(texts[this.ctx.language].done[done.action](done.verdicts.done, this.ctx.locale));
    this.reload();
  }

  private listChanged(detail: string): void {
    this.changed = detail;
    this.notice = null;
    this.reload();
  }

  /** What is decided leaves the list, and the next one comes: that is how a list is worked off. */
  private decidedOne(done: { action: Action; verdicts: Verdicts; id: string }): void {
    const at = this.list.loaded.findIndex((one) => one.id === done.id);
    this.ctx.say(texts[this.ctx.language].done[done.action](done.verdicts.done, this.ctx.locale));
    this.list.replace((one) => one.id === done.id, null);
    if (this.choice.kind === 'rows' && this.choice.ids.has(done.id)) this.choice = toggled(this.choice, done.id, []);
    else if (this.choice.kind === 'all') this.choice = nothingChosen;
    void this.count();
    const next = this.list.loaded[at] ?? this.list.loaded[at - 1];
    if (next) this.open(next.id);
    else this.close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-quarantine': U2035Quarantine;
  }
}
