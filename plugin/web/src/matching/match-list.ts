/** Learners or elements without a counterpart. `open`: "learner/204", the record that is shown; `asked`: what the list is narrowed to. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { organizationPath, type Page } from '@kit/api';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import type { LoadPage } from '@kit/long-list';
import { readAsked, withAsked } from '@kit/way';
import '../footprint/lists/csv-button';
import { facet, filterStyle, select } from '../footprint/lists/list-part';
import { namesOf, type FlowRecord } from '../footprint/lists/names';
import { may, roleOf, type Role } from '../footprint/lists/role';
import '../footprint/lists/search-field';
import { later } from '../later';
import { extended, isChosen, nothingChosen, sizeOf, toggled, type Choice } from '../footprint/quarantine/choice';
import { outcomeText } from './accept';
import { everything, type Filter } from './filter';
import matchCss from './match.css?inline';
import './match-panel';
import type { MatchPanel } from './match-panel';
import { matchRow, type MatchRows } from './match-rows';
import { belongs, bulkOf, countsOf, mostByName, narrowingOf, orderOfAll, orderOfRows, recounted, type FacetCount, type Order } from './suggest';
import { texts } from './texts';
import { elementKinds, type Contour, type Lacking, type Match, type Summary, type What } from './types';

const acceptDialog = later(() => import('./accept-dialog'));
const perPage = 200;
const keyOf = (row: Lacking): string => `${row.kind}/${row.id}`;

@customElement('u2035-match-list')
export class MatchList extends Part {
  static override styles = [baseStyle, filterStyle, unsafeCSS(matchCss)];

  @property() what: What = 'learners';
  @property() open = '';
  @property() asked = '';
  @state() private filter: Filter = everything;
  @state() private drawn = 0; // grows with every page that came
  @state() private complete = false;
  @state() private summary: Summary | null = null;
  @state() private load: LoadPage<Lacking> | null = null;
  @state() private chosen: Choice = nothingChosen;
  @state() private asking = false;
  @state() private notice: Match | null = null;
  @state() private elsewhere = '';
  @state() private flows: FlowRecord[] = [];
  @state() private asker: Role | null = null;
  @state() private wide = true;
  @query('u2035-match-rows') private readonly list!: MatchRows | null;
  private readonly panel = this.makePanel();
  private last = -1;
  private source = ''; // what the server was asked for
  private readonly sizes = new ResizeObserver(([entry]) => (this.wide = entry!.contentRect.width > 860));

  private get address(): string {
    return `${organizationPath(this.ctx.organization)}/u2035/${this.what}/match`;
  }
  private get query(): Record<string, string | boolean> {
    return { ...narrowingOf(this.what, this.filter), ...(this.what === 'learners' ? { contour: this.filter.contour } : {}) };
  }
  private get rows(): readonly Lacking[] {
    return this.list?.loaded ?? [];
  }
  private get isNarrowed(): boolean {
    return Object.entries(this.filter).some(([name, value]) => name !== 'contour' && value !== '');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.source = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.isElsewhere(changed)) {
      void roleOf(this.ctx).then((role) => (this.asker = role));
      void namesOf(this.ctx)
        .flows()
        .then((flows) => (this.flows = [...flows.values()]));
    }
    if (changed.has('asked') || changed.has('what')) this.filter = readAsked(this.asked, everything);
    // The reasons are the server's words, in the language that was asked for.
    const source = JSON.stringify([this.address, this.query, this.ctx.language]);
    if (source !== this.source) {
      this.source = source;
      this.again();
    }
  }

  protected override updated(changed: PropertyValues): void {
    const sheet = this.renderRoot.querySelector<HTMLDialogElement>('dialog.sheet');
    if (sheet && !sheet.open) sheet.showModal();
    if (changed.has('open') && this.open && changed.get('open') !== undefined) this.panel.focus();
  }

  /** From its beginning, as it is now. */
  private again(): void {
    const { address, query, source } = this;
    this.chosen = nothingChosen;
    this.last = -1;
    this.complete = false;
    this.summary = null;
    void this.count();
    this.load = async (cursor, signal) => {
      const { data } = await this.ctx.api.get<Page<Lacking>>(address, { query: { ...query, limit: perPage, cursor }, signal });
      // The list has them after this.
      setTimeout(() => {
        if (this.source !== source || !this.isConnected) return;
        this.complete = data.next === null;
        this.drawn += 1;
        this.seek();
      });
      return data;
    };
  }

  private async count(): Promise<void> {
    const { source } = this;
    const answer = await this.ctx.api.get<Summary>(`${this.address}/summary`, { query: this.query }).catch(() => null); // the list tells what failed
    if (answer && this.source === source) this.summary = answer.data;
  }

  /** Who came by the address of one row is shown it, however far down it stands. */
  private seek(): void {
    if (this.open && !this.complete && !this.rows.some((row) => keyOf(row) === this.open)) void this.list?.more();
  }

  private readonly way = (open: string, filter = this.filter): string => withAsked(open ? `${this.what}/${open}` : this.what, filter, everything);
  private narrow(part: Partial<Filter>): void {
    this.notice = null;
    this.ctx.go(this.way('', { ...this.filter, ...part }), { replace: true });
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const { complete, what, open, summary } = this;
    const { rows } = this;
    const shown = open ? rows.find((row) => keyOf(row) === open) : undefined;
    const isEmpty = complete && rows.length === 0;
    const without = summary?.byReason.none?.count ?? 0;
    return html`<div class="told-place">${this.outcome()}</div>
      ${this.toolbar()}
      ${summary && summary.total > 0 && without === summary.total ? this.unsuggested() : nothing}
      <div class="work ${this.wide && !isEmpty ? '' : 'alone'} ${isEmpty ? 'none' : ''}">
        <section class="panel list-panel" aria-labelledby="list">
          <h2 class="sr" id="list">${words.list[what]}</h2>
          ${this.bulk()}
          <u2035-match-rows
            .style=${complete && rows.length > 0 ? `max-height:${rows.length * (this.list?.rowHeight ?? 60) + 60}px` : ''}
            .load=${this.load}
            .label=${words.list[what]}
            .row=${(row: Lacking, index: number) =>
              matchRow(row, {
                ctx: this.ctx,
                index,
                chosen: bulkOf(row) !== null && isChosen(this.chosen, keyOf(row)),
                open: keyOf(row) === this.open,
                onOpen: () => this.ctx.go(this.way(keyOf(row))),
                onChoose: (extend) => this.choose(index, extend),
              })}
            .foot=${(now: { loading: boolean; error: unknown; loaded: number; complete: boolean }) => this.foot(now)}
            .onChoose=${(index: number, extend: boolean) => this.choose(index, extend)}
          ></u2035-match-rows>
        </section>
        ${this.side(shown, rows, isEmpty)}
      </div>
      ${this.asking
        ? acceptDialog(this, () => html`<u2035-accept-dialog .ctx=${this.ctx} .what=${what} .contour=${this.filter.contour} .order=${this.order} @accepted=${this.accepted} @outdated=${this.outdated} @closed=${this.answered}></u2035-accept-dialog>`)
        : nothing}`;
  }

  private toolbar(): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const { filter, what } = this;
    const told = this.summary ? countsOf(this.summary, filter.reason) : null;
    const counts = told?.counts ?? [];
    const one = ({ facet: name, count }: FacetCount) => facet(filter.reason === name, words.facets[name], locale.number(count), () => this.narrow({ reason: filter.reason === name ? '' : name }));
    return html`<div class="toolbar">
        <u2035-search .ctx=${this.ctx} .label=${words.searchLabel[what]} .hint=${words.searchHint[what]} .words=${filter.q} @search=${(event: CustomEvent<string>) => this.narrow({ q: event.detail })}></u2035-search>
        ${what === 'learners'
          ? html`${this.flows.length > 1 ? select(words.stands.learners, filter.flow, [{ value: '', title: words.allFlows }, ...this.flows.map((flow) => ({ value: flow.id, title: flow.title || flow.id }))], (flow) => this.narrow({ flow })) : nothing}
              ${select(words.contour, filter.contour, (['production', 'test'] as const).map((contour) => ({ value: contour, title: words.contours[contour] })), (contour) => this.narrow({ contour: contour as Contour }))}`
          : select(words.kind, filter.kind, [{ value: '', title: words.allKinds }, ...elementKinds.map((kind) => ({ value: kind, title: words.kinds[kind] }))], (kind) => this.narrow({ kind }))}
      </div>
      ${counts.length > 0
        ? html`<div class="facets" role="group" aria-label=${words.reason}>
            ${facet(filter.reason === '', words.all, told ? locale.number(told.total) : '', () => this.narrow({ reason: '' }))}${counts.map(one)}
          </div>`
        : nothing}`;
  }

  private unsuggested(): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<div class="note told">
      ${icon('search')}
      <div>
        <h2 class="note-head small">${words.noneTitle}</h2>
        <p>${words.noneFix[this.what]}</p>
        <div class="btns">
          ${this.what === 'elements'
            ? html`<button class="btn small" type="button" @click=${() => this.ctx.go('elements/table')}>${words.importTable}</button>`
            : html`<button class="btn small" type="button" @click=${() => this.leave('unsendable/unti-ids', 'u2035-footprint', words.elsewhereImport)}>${words.importList}</button>
                <button class="btn small" type="button" @click=${() => this.leave('links', 'u2035-sso', words.elsewhereSso)}>${words.ssoLinks}</button>`}
        </div>
        ${this.elsewhere ? html`<p role="status">${this.elsewhere}</p>` : nothing}
      </div>
    </div>`;
  }

  /** To another page; where nobody leads there, the way is told in words. */
  private leave(path: string, element: string, otherwise: string): void {
    this.elsewhere = this.ctx.go(path, { element }) ? '' : otherwise;
  }

  private bulk(): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const { fitting } = this.summary ?? {};
    const size = sizeOf(this.chosen);
    const possible = fitting?.acceptable ?? 0;
    const isTooMany = this.chosen.kind === 'rows' && size > mostByName;
    const none = fitting && fitting.count > 0 && possible === 0 ? (this.rows.some((row) => row.suggestions.length > 0) ? words.chooseNone : words.chooseNothing) : words.chooseFirst;
    const why = !may(this.asker, 'organization-admin') ? words.adminOnly : size === 0 ? none : isTooMany ? words.tooMany(locale, mostByName) : '';
    return html`<div class="bulk">
      <label class="pick-all">
        <input
          type="checkbox"
          .checked=${possible > 0 && size === possible}
          .indeterminate=${size > 0 && size < possible}
          ?disabled=${possible === 0}
          aria-describedby="bulk-says"
          @change=${(event: Event) => this.chooseAll((event.target as HTMLInputElement).checked)}
        />
        <span>${size > 0 ? words.chosen(locale, size) : fitting ? words.chooseAllOf(locale, possible) : ''}</span>
      </label>
      <div class="btns">
        <button class=${size > 0 && !why && !this.open ? 'btn small primary' : 'btn small'} id="accept" type="button" aria-disabled=${why ? 'true' : nothing} aria-describedby="bulk-says" @click=${() => (why ? this.ctx.say(why, true) : (this.asking = true))}>${icon('check', 's')}${words.acceptChosen(locale, size)}</button>
      </div>
      <p class=${why && why !== words.chooseFirst ? 'hint' : 'sr'} id="bulk-says">${why}</p>
      <p class="sr">${words.keys}</p>
    </div>`;
  }

  private chooseAll(on: boolean): void {
    this.chosen = on ? { kind: 'all', count: this.summary!.fitting.acceptable } : nothingChosen;
    this.ctx.say(texts[this.ctx.language].chosen(this.ctx.locale, sizeOf(this.chosen)));
    this.list?.requestUpdate();
  }

  private choose(index: number, extend: boolean): void {
    const row = this.rows[index];
    if (!row) return;
    if (!bulkOf(row)) {
      this.ctx.say(texts[this.ctx.language].chooseNone);
      return;
    }
    const possible = this.rows.map((one) => ({ id: bulkOf(one) ? keyOf(one) : '' }));
    const isOn = !isChosen(this.chosen, keyOf(row));
    const next = extend && isOn && this.last >= 0 ? extended(this.chosen, this.last, index, possible) : toggled(this.chosen, keyOf(row), possible);
    this.last = index;
    this.chosen = next.kind === 'rows' ? { kind: 'rows', ids: new Set([...next.ids].filter(Boolean)) } : next;
    this.list?.requestUpdate();
  }

  private get order(): Order {
    const { chosen, what, filter } = this;
    return chosen.kind === 'all' && this.summary
      ? orderOfAll(what, filter, chosen.count, this.summary)
      : orderOfRows(what, filter.contour, this.rows.filter((row) => isChosen(chosen, keyOf(row))));
  }

  /** What was confirmed is another number now: the person is shown it, and asked again. */
  private readonly outdated = async (): Promise<void> => {
    await this.count();
    if (this.summary) this.chosen = { kind: 'all', count: this.summary.fitting.acceptable };
  };

  private readonly accepted = (event: CustomEvent<Match>): void => {
    const words = texts[this.ctx.language];
    this.notice = event.detail;
    this.ctx.say(words.outcome(outcomeText(words, this.ctx.locale, event.detail)));
    this.again();
  };

  private readonly answered = async (): Promise<void> => {
    this.asking = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(this.notice ? '.told' : '#accept')?.focus();
  };

  private outcome(): unknown {
    const words = texts[this.ctx.language];
    const { notice } = this;
    if (!notice) return nothing;
    const clean = !notice.counts.refused;
    return html`<div class="note ${clean ? 'ok' : 'warn'} told" tabindex="-1">
      ${icon(clean ? 'okc' : 'alert')}
      <div>
        <p class="note-head">${words.outcome(outcomeText(words, this.ctx.locale, notice))}</p>
        <div class="btns"><button class="btn small" type="button" @click=${() => this.ctx.go(`decided/${notice.id}`)}>${words.look}</button></div>
      </div>
    </div>`;
  }

  private foot(now: { loading: boolean; error: unknown; loaded: number; complete: boolean }): unknown {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    if (now.error) return failure(this.ctx, now.error, () => void Promise.all([this.count(), this.list?.more()]), { text: words.methodistAllowed });
    if (now.complete && now.loaded === 0)
      return html`<div class="empty">
        ${icon(this.isNarrowed ? 'search' : 'okc')}
        <h3>${this.isNarrowed ? words.nothingFits : words.allDone[this.what]}</h3>
        <p>${this.isNarrowed ? words.nothingFitsFix : words.allDoneFix[this.what]}</p>
        ${this.isNarrowed ? html`<button class="btn small" type="button" @click=${() => this.narrow({ ...everything, contour: this.filter.contour })}>${words.dropFilters}</button>` : nothing}
      </div>`;
    const total = this.summary?.fitting.count ?? now.loaded;
    return html`<p class="list-foot">
      ${now.loading ? html`<span class="spin" aria-hidden="true"></span>${words.reading(locale, now.loaded)}` : words.shown(locale, now.loaded, Math.max(now.loaded, total))}
    </p>`;
  }

  private side(shown: Lacking | undefined, rows: readonly Lacking[], isEmpty: boolean): unknown {
    const words = texts[this.ctx.language];
    if (!shown) {
      if (!this.wide || isEmpty) return nothing;
      return html`<aside class="panel" aria-label=${words.record}><div class="empty">${icon('idoff')}<h2>${words.choose}</h2><p>${words.chooseFix}</p><p class="caption">${words.keys}</p></div></aside>`;
    }
    this.panel.toggleAttribute('sheet', !this.wide);
    Object.assign(this.panel, { ctx: this.ctx, what: this.what, contour: this.filter.contour, record: shown, place: rows.indexOf(shown) + 1, total: Math.max(rows.length, this.summary?.fitting.count ?? 0), mayAccept: may(this.asker, 'organization-admin') });
    return this.wide ? html`<aside aria-label=${words.record}>${this.panel}</aside>` : html`<dialog class="sheet" aria-label=${words.record} @cancel=${(event: Event) => (event.preventDefault(), this.close())}>${this.panel}</dialog>`;
  }

  private makePanel(): MatchPanel {
    const panel = document.createElement('u2035-match-panel');
    panel.addEventListener('closed', () => this.close());
    panel.addEventListener('step', (event) => void this.goOn(panel.place - 1 + (event as CustomEvent<number>).detail));
    panel.addEventListener('accepted', () => this.decided(panel.record, panel.place - 1));
    panel.addEventListener('changed', (event) => this.changed((event as CustomEvent<{ was: Lacking; now: Lacking }>).detail, panel.place - 1));
    return panel;
  }

  private async goOn(at: number): Promise<void> {
    if (at >= this.rows.length && !this.complete) await this.list?.more();
    const { rows } = this;
    const row = rows[Math.min(at, rows.length - 1)];
    if (row) {
      this.ctx.go(this.way(keyOf(row)));
      this.list?.show(Math.min(at, rows.length - 1));
    } else this.close();
  }

  private readonly close = (): void => {
    const at = (this.list?.loaded ?? []).findIndex((row) => keyOf(row) === this.open);
    this.ctx.go(this.way(''));
    void this.updateComplete.then(() => this.list?.focusRow(Math.max(0, at)));
  };

  /** What is decided leaves the list, and the next one comes. */
  private decided(row: Lacking, at: number): void {
    this.list?.replace((one) => one === row, null);
    this.forget(row);
    void this.count();
    void this.goOn(at);
  }

  /** A suggestion was rejected, or a rejection taken back. */
  private changed({ was, now }: { was: Lacking; now: Lacking }, at: number): void {
    const before = [...this.rows];
    const rows = before.map((row) => (row === was ? now : row));
    // While the list isn't all here, who else it fits isn't known.
    const after = this.complete ? recounted(rows) : rows;
    after.forEach((row, i) => {
      const old = before[i]!;
      if (row === old) return;
      this.list?.replace((one) => one === old, belongs(row, this.filter.reason) ? row : null);
      this.forget(old);
    });
    this.drawn += 1;
    void this.count();
    if (this.open === keyOf(now) && !belongs(now, this.filter.reason)) void this.goOn(at);
  }

  private forget(row: Lacking): void {
    const { chosen } = this;
    this.chosen = chosen.kind === 'all' ? nothingChosen : { kind: 'rows', ids: new Set([...chosen.ids].filter((key) => key !== keyOf(row))) };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-match-list': MatchList;
  }
}
