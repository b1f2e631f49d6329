/** Records of one reason, with filters; of what changed after sending a person decides here. */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { everyItem, type Page } from '@kit/api';
import { icon } from '@kit/icons';
import type { LoadPage } from '@kit/long-list';
import { readAsked, withAsked } from '@kit/way';
import { codeTitle, kindName } from '../lists/codes';
import '../lists/csv-button';
import { ListPart, crumbs, facet, select, to, type Choice } from '../lists/list-part';
import { namesOf, type FlowRecord, type ProjectCard } from '../lists/names';
import { may, roleOf, type Role } from '../lists/role';
import '../lists/rows';
import '../lists/search-field';
import type { Rows } from '../lists/rows';
import { texts as listTexts } from '../lists/texts';
import './decide';
import type { DecideDialog } from './decide';
import { anything, byLearner, canDecide, canDecideAll, correctionCodes, isNarrowed, mappingCodes, matchingPath, noMapping, unsendableQuery, type LearnerGroup, type UnsendableFilter } from './reasons';
import './row';
import { texts } from './texts';
import { toMatching } from './to-matching';
import type { Origin, Unsendable, UnsendableSummary } from './types';

@customElement('u2035-unsendable-list')
export class UnsendableList extends ListPart {
  @property() asked = '';
  @state() private filter: UnsendableFilter = anything;
  @state() private byCode: Record<string, number> = {};
  @state() private byOrigin = new Map<Origin, number>();
  @state() private count: number | null = null;
  @state() private sample: Unsendable | null = null;
  @state() private kinds = new Set<string>();
  @state() private flows: FlowRecord[] = [];
  @state() private cards: ProjectCard[] = [];
  @state() private loadRows: LoadPage<Unsendable> | LoadPage<LearnerGroup> | null = null;
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private everyone = false;
  @state() private asker: Role | null = null;
  @query('u2035-rows') private readonly rows!: Rows<Unsendable> | null;
  @query('u2035-decide') private readonly dialog!: DecideDialog;

  /** What the list shows when nothing narrows it. */
  private usual = anything;

  private get way(): string {
    return this.steps[0] ?? '';
  }
  private get decides(): boolean {
    return correctionCodes.includes(this.filter.code);
  }
  /** Of whom the unti_id is missing is asked about people, not about records. */
  private get ofLearners(): boolean {
    return this.filter.code === 'no-unti-id';
  }

  protected override async fetch(signal: AbortSignal): Promise<void> {
    const { api } = this.ctx;
    const names = namesOf(this.ctx);
    this.usual = anything;
    const [all, flows, cards, role] = await Promise.all([
      api.get<UnsendableSummary>(`${this.base}/unsendable/summary`, { signal }),
      names.flows(),
      names.projects(),
      roleOf(this.ctx),
    ]);
    this.byCode = all.data.byCode;
    this.flows = [...flows.values()];
    this.cards = cards;
    this.asker = role;
    this.kinds = new Set();
    const code = this.way === noMapping ? (mappingCodes.find((one) => (this.byCode[one] ?? 0) > 0) ?? mappingCodes[0]!) : this.way;
    this.usual = { ...anything, code };
    await this.show(readAsked(this.asked, this.usual), signal);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('asked') && this.usual !== anything) void this.show(readAsked(this.asked, this.usual));
  }

  private narrow(change: Partial<UnsendableFilter>): void {
    this.ctx.go(withAsked(`unsendable/${this.way}`, { ...this.filter, ...change }, this.usual), { replace: true });
  }

  private async show(filter: UnsendableFilter, signal?: AbortSignal): Promise<void> {
    this.filter = filter;
    this.chosen = new Set();
    this.everyone = false;
    const { api } = this.ctx;
    const address = `${this.base}/unsendable`;
    const asked = unsendableQuery(filter);
    this.loadRows = this.ofLearners ? this.learners(asked) : async (cursor, stop) => this.noted((await api.get<Page<Unsendable>>(address, { query: { ...asked, limit: 100, cursor }, signal: stop })).data);
    try {
      const origins: Origin[] = ['statements', 'tables', 'xapi-files'];
      const [sample, ...totals] = await Promise.all([
        api.get<Page<Unsendable>>(address, { query: { code: filter.code, limit: 1 }, signal }),
        ...origins.map((origin) => api.get<UnsendableSummary>(`${address}/summary`, { query: { ...asked, origin }, signal })),
      ]);
      if (this.filter !== filter) return;
      this.sample = sample.data.items[0] ?? null;
      this.byOrigin = new Map(origins.map((origin, i) => [origin, totals[i]!.data.total]));
      this.count = filter.origin ? (this.byOrigin.get(filter.origin) ?? null) : [...this.byOrigin.values()].reduce((sum, n) => sum + n, 0);
    } catch (error) {
      if (!signal?.aborted) this.failed = error;
    }
  }

  private noted(page: Page<Unsendable>): Page<Unsendable> {
    const kinds = new Set([...this.kinds, ...page.items.map((one) => one.kind)]);
    if (kinds.size !== this.kinds.size) this.kinds = kinds;
    return page;
  }

  /** People are few where their records are many: the whole list is read and told by person. */
  private learners(asked: Record<string, unknown>): LoadPage<LearnerGroup> {
    const { api } = this.ctx;
    return async (_cursor, signal) => {
      const rows = await everyItem<Unsendable>(api, `${this.base}/unsendable`, { query: asked as Record<string, string>, signal });
      return { items: byLearner(rows), next: null };
    };
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const title = this.way === noMapping ? words.noMapping : this.ofLearners ? words.noUntiId : codeTitle(this.ctx.language, this.way);
    return html`${crumbs(this.ctx, listTexts[this.ctx.language].way, [{ path: 'unsendable', title: words.title }, { title }])}
      <header class="page-head">
        <div class="head-main"><h1 tabindex="-1">${title}</h1>${this.ready && this.sample ? html`<p class="lead">${this.sample.reason}</p>` : nothing}</div>
        ${this.ready
          ? html`<div class="btns">
              <u2035-csv .ctx=${this.ctx} .from=${`${this.base}/unsendable`} .filters=${unsendableQuery(this.filter)}></u2035-csv>
              ${this.ofLearners ? html`<button class="btn primary" type="button" @click=${() => this.ctx.go('unsendable/unti-ids')}>${icon('idoff')}${words.loadUntiIds}</button>` : nothing}
              ${matchingPath(this.filter.code) === null ? nothing : html`<button class=${this.ofLearners ? 'btn' : 'btn primary'} id="match" type="button" @click=${() => toMatching(this.ctx, this.filter.code)}>${icon('idoff')}${words.toMatching}</button>`}
              ${this.filter.code.startsWith('reflection-held') ? html`<button class="btn primary" type="button" @click=${() => this.ctx.go('reflections')}>${icon('text')}${words.judge}</button>` : nothing}
            </div>`
          : nothing}
      </header>
      ${this.body(() => this.view())}`;
  }

  private view(): TemplateResult {
    const words = texts[this.ctx.language];
    const { language, locale } = this.ctx;
    const codes = this.way === noMapping ? mappingCodes.filter((code) => (this.byCode[code] ?? 0) > 0) : correctionCodes.includes(this.way) ? correctionCodes.filter((code) => (this.byCode[code] ?? 0) > 0) : [];
    return html`${this.sample
        ? html`<div class="note wide-note">${icon('excl')}<div><h2 class="small strong">${words.whatToDo}</h2><p>${this.sample.fix}</p>
            ${this.filter.code === 'may-have-arrived' ? html`<p>${to(this.ctx, 'exports', words.exportsLink)}</p>` : nothing}</div></div>`
        : nothing}
      ${codes.length > 1
        ? html`<div class="facets" role="group" aria-label=${words.reason}>
            ${codes.map((code) => facet(this.filter.code === code, codeTitle(language, code), locale.number(this.byCode[code] ?? 0), () => this.narrow({ ...anything, code })))}
          </div>`
        : nothing}
      ${this.filters()}
      <section class="panel" aria-label=${this.ofLearners ? words.learners : words.list} @pick=${this.pick}>
        ${this.decides ? this.bulk() : nothing}
        ${this.ofLearners
          ? nothing
          : html`<div class="head-line ${this.decides ? 'unsendable-pick-cols' : 'unsendable-cols'}" aria-hidden="true">
              ${this.decides ? html`<span></span>` : nothing}<span>${words.learner}</span><span>${words.record}</span><span>${words.why}</span>
            </div>`}
        <u2035-rows
          .ctx=${this.ctx}
          .load=${this.loadRows as LoadPage<unknown>}
          .label=${this.ofLearners ? words.learners : words.list}
          .heights=${this.ofLearners ? ([56, 92] as const) : ([62, 128] as const)}
          .total=${this.ofLearners ? null : this.count}
          .row=${this.drawRow}
          .empty=${this.emptiness()}
        ></u2035-rows>
      </section>
      ${this.decides ? html`<p class="gap-top">${to(this.ctx, 'unsendable/corrections', words.decisions)}</p><u2035-decide .ctx=${this.ctx} @decided=${() => void this.reload().then(() => this.focusTitle())}></u2035-decide>` : nothing}`;
  }

  private readonly drawRow = (item: unknown): TemplateResult =>
    this.ofLearners
      ? html`<u2035-waiting-learner .ctx=${this.ctx} .one=${item as LearnerGroup}></u2035-waiting-learner>`
      : html`<u2035-unsendable-row .ctx=${this.ctx} .one=${item as Unsendable} .chosen=${this.decides ? canDecide(item as Unsendable) && (this.everyone || this.chosen.has((item as Unsendable).id)) : null} .fixed=${!canDecide(item as Unsendable)}></u2035-unsendable-row>`;

  private readonly pick = (event: Event): void => {
    const { id, on } = (event as CustomEvent<{ id: string; on: boolean }>).detail;
    const chosen = new Set(this.everyone ? [] : this.chosen);
    if (on) chosen.add(id);
    else chosen.delete(id);
    this.everyone = false;
    this.chosen = chosen;
    this.rows?.redraw();
  };

  private filters(): TemplateResult {
    const words = texts[this.ctx.language];
    const common = listTexts[this.ctx.language];
    const { language, locale } = this.ctx;
    const origins = [...this.byOrigin].filter(([origin, n]) => n > 0 || origin === this.filter.origin);
    const choices: [string, string, Choice[], (value: string) => void][] = [
      [common.project, this.filter.project, [{ value: '', title: common.allProjects }, ...this.cards.map((one) => ({ value: one.project, title: one.title }))], (project) => this.narrow({ project })],
      [common.flow, this.filter.flow, [{ value: '', title: common.allFlows }, ...this.flows.map((one) => ({ value: one.id, title: one.title || common.flowNumber(one.id) }))], (flow) => this.narrow({ flow })],
      [common.kind, this.filter.kind, [{ value: '', title: common.allKinds }, ...[...this.kinds].sort().map((kind) => ({ value: kind, title: kindName(language, kind) }))], (kind) => this.narrow({ kind })],
      [words.origin, this.filter.origin, [{ value: '', title: words.anyOrigin }, ...origins.map(([origin, n]) => ({ value: origin, title: `${words.origins[origin]}: ${locale.number(n)}` }))], (origin) => this.narrow({ origin: origin as Origin | '' })],
    ];
    const useful = choices.filter(([, value, options]) => value !== '' || options.length > 2);
    return html`<div class="toolbar">
      <u2035-search .ctx=${this.ctx} .label=${words.searchLabel} .hint=${words.searchHint} .words=${this.filter.q} @search=${(event: CustomEvent<string>) => this.narrow({ q: event.detail })}></u2035-search>
      ${useful.map(([label, value, options, pick]) => select(label, value, options, pick))}
    </div>`;
  }

  private bulk(): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const count = this.byOrigin.get('statements') ?? 0;
    const all = canDecideAll(this.filter) && count > 0;
    const barred = !may(this.asker, 'organization-admin')
      ? listTexts[this.ctx.language].needs['organization-admin']
      : count === 0
        ? words.onlyLrs
        : !this.everyone && this.chosen.size === 0
          ? words.chooseFirst
          : '';
    const open = (decision: 'keep' | 'cancel') => {
      if (barred) this.ctx.say(barred, true);
      else void this.dialog.open(decision, this.everyone ? [] : [...this.chosen], this.filter, this.everyone ? count : this.chosen.size);
    };
    const button = (decision: 'keep' | 'cancel', kind: string) =>
      html`<button class="btn small ${kind}" type="button" aria-disabled=${barred ? 'true' : 'false'} aria-describedby="bulk-says" @click=${() => open(decision)}>${words[decision]}</button>`;
    return html`<div class="bulk">
      <label class="pick">
        <input
          type="checkbox"
          .checked=${this.everyone}
          ?disabled=${!all}
          @change=${(event: Event) => {
            this.everyone = (event.target as HTMLInputElement).checked;
            this.chosen = new Set();
            this.rows?.redraw();
          }}
        />${words.all(locale, count)}
      </label>
      <span id="bulk-says">${!canDecideAll(this.filter) ? words.allByIdsOnly : barred || (this.everyone ? nothing : words.chosen(locale, this.chosen.size))}</span>
      <div class="btns">${button('keep', '')}${button('cancel', 'danger-quiet')}</div>
    </div>`;
  }

  private emptiness(): TemplateResult {
    const words = texts[this.ctx.language];
    const common = listTexts[this.ctx.language];
    return isNarrowed(this.filter)
      ? html`<div class="empty">${icon('search')}<h2>${common.nothingFits}</h2><p>${common.nothingFitsFix}</p>
          <button class="btn small" type="button" @click=${() => this.narrow({ ...anything, code: this.filter.code })}>${common.dropFilters}</button></div>`
      : html`<div class="empty">${icon('okc')}<h2>${words.goneTitle}</h2><p>${words.goneFix}</p></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-unsendable-list': UnsendableList;
  }
}
