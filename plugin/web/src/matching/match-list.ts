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
import './accept-dialog';
import { outcomeText } from './accept';
import { everything, type Filter } from './filter';
import { Gathering } from './gathering';
import matchCss from './match.css?inline';
import './match-panel';
import type { MatchPanel } from './match-panel';
import { matchRow, type MatchRows } from './match-rows';
import { bulkOf, countFacets, countsOf, fits, recounted, type Facet, type FacetCount, type Wish } from './suggest';
import { texts } from './texts';
import { elementKinds, type Contour, type Lacking, type Match, type Summary, type What } from './types';

const drawn = 200;
const keyOf = (row: Lacking): string => `${row.kind}/${row.id}`;

@customElement('u2035-match-list')
export class MatchList extends Part {
  static override styles = [baseStyle, filterStyle, unsafeCSS(matchCss)];

  @property() what: What = 'learners';
  @property() open = '';
  @property() asked = '';
  @state() private filter: Filter = everything;
  @state() private all: Gathering<Lacking> | null = null;
  @state() private read = 0; // grows with every page that was read
  @state() private summary: Summary | null = null; // how many there are, until all of them have been read
  @state() private load: LoadPage<Lacking> | null = null;
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private asking = false;
  @state() private notice: Match[] | null = null;
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
  private get query(): Record<string, string | undefined> {
    const { contour, flow, kind } = this.filter;
    return this.what === 'learners' ? { contour, flow: flow || undefined } : { kind: kind || undefined };
  }
  private readonly fitting = (row: Lacking): boolean => fits(row, this.filter.q, this.filter.reason);
  private get rows(): Lacking[] {
    return (this.all?.rows ?? []).filter(this.fitting);
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
    this.all?.stop();
    this.source = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.isElsewhere(changed)) {
      void roleOf(this.ctx).then((role) => (this.asker = role));
      void namesOf(this.ctx)
        .flows()
        .then((flows) => (this.flows = [...flows.values()]));
    }
    const before = this.filter;
    if (changed.has('asked') || changed.has('what')) this.filter = readAsked(this.asked, everything);
    // The reasons are the server's words, in the language that was asked for.
    const source = JSON.stringify([this.address, this.query, this.ctx.language]);
    if (source !== this.source) {
      this.source = source;
      this.gather();
    } else if (before !== this.filter && (before.q !== this.filter.q || before.reason !== this.filter.reason)) this.restart();
  }

  protected override updated(changed: PropertyValues): void {
    const sheet = this.renderRoot.querySelector<HTMLDialogElement>('dialog.sheet');
    if (sheet && !sheet.open) sheet.showModal();
    if (changed.has('open') && this.open && changed.get('open') !== undefined) this.panel.focus();
  }

  private gather(): void {
    this.all?.stop();
    const { address, query } = this;
    this.all = new Gathering<Lacking>(
      async (cursor, limit, signal) => (await this.ctx.api.get<Page<Lacking>>(address, { query: { ...query, limit, cursor }, signal })).data,
      () => (this.read += 1),
    );
    const { all } = this;
    this.summary = null;
    void this.ctx.api.get<Summary>(`${address}/summary`, { query }).then(
      ({ data }) => (this.all === all ? (this.summary = data) : null),
      () => {}, // the list tells what failed
    );
    this.restart();
  }

  /** The list from its beginning, of what has been read. */
  private restart(): void {
    const { all } = this;
    this.chosen = new Set();
    this.last = -1;
    this.load = async () => {
      // Rows that are decided leave both this list and what was read: the place is what is drawn, not a number kept.
      const { items, isEnd } = await all!.slice(this.fitting, this.list?.loaded.length ?? 0, drawn);
      return { items, next: isEnd ? null : 'more' };
    };
  }

  private readonly way = (open: string, filter = this.filter): string => withAsked(open ? `${this.what}/${open}` : this.what, filter, everything);
  private narrow(part: Partial<Filter>): void {
    this.notice = null;
    this.ctx.go(this.way('', { ...this.filter, ...part }), { replace: true });
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const { all, what, open } = this;
    const rows = this.rows;
    const shown = open ? rows.find((row) => keyOf(row) === open) : undefined;
    const isEmpty = all?.complete === true && rows.length === 0;
    return html`<div class="told-place">${this.outcome()}</div>
      ${this.toolbar()}
      ${all?.complete && all.rows.length > 0 && all.rows.every((row) => row.suggestions.length === 0) ? this.unsuggested() : nothing}
      <div class="work ${this.wide && !isEmpty ? '' : 'alone'} ${isEmpty ? 'none' : ''}">
        <section class="panel list-panel" aria-labelledby="list">
          <h2 class="sr" id="list">${words.list[what]}</h2>
          ${this.bulk(rows)}
          <u2035-match-rows
            .style=${all?.complete && rows.length > 0 ? `max-height:${rows.length * (this.list?.rowHeight ?? 60) + 60}px` : ''}
            .load=${this.load}
            .label=${words.list[what]}
            .row=${(row: Lacking, index: number) =>
              matchRow(row, {
                ctx: this.ctx,
                index,
                chosen: this.chosen.has(keyOf(row)),
                open: keyOf(row) === this.open,
                onOpen: () => this.ctx.go(this.way(keyOf(row))),
                onChoose: (extend) => this.choose(index, extend),
              })}
            .foot=${(now: { loading: boolean; error: unknown; loaded: number; complete: boolean }) => this.foot(now, rows.length)}
            .onChoose=${(index: number, extend: boolean) => this.choose(index, extend)}
          ></u2035-match-rows>
        </section>
        ${this.side(shown, rows, isEmpty)}
      </div>
      ${this.asking
        ? html`<u2035-accept-dialog .ctx=${this.ctx} .what=${what} .contour=${this.filter.contour} .wishes=${this.wishes(rows)} @accepted=${this.accepted} @closed=${this.answered}></u2035-accept-dialog>`
        : nothing}`;
  }

  private toolbar(): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const { filter, what, all } = this;
    const told = all?.complete ? { total: all.rows.length, counts: countFacets(all.rows) } : this.summary ? countsOf(this.summary) : null;
    const found = told ? told.counts : all ? countFacets(all.rows) : [];
    // What the list is narrowed to stays in sight when none of it is left.
    const counts = filter.reason && all && !found.some((one) => one.facet === filter.reason) ? [...found, { facet: filter.reason as Facet, count: 0, bulk: 0 }].filter((one) => one.facet in words.facets) : found;
    const one = ({ facet: name, count }: FacetCount) => facet(filter.reason === name, words.facets[name], told ? locale.number(count) : '', () => this.narrow({ reason: filter.reason === name ? '' : name }));
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

  private bulk(rows: readonly Lacking[]): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const { chosen } = this;
    const possible = rows.filter((row) => bulkOf(row)).length;
    const complete = this.all?.complete === true;
    const why = !may(this.asker, 'organization-admin') ? words.adminOnly : chosen.size === 0 ? (complete && rows.length > 0 && possible === 0 ? (rows.some((row) => row.suggestions.length > 0) ? words.chooseNone : words.chooseNothing) : words.chooseFirst) : '';
    const label = !complete ? words.chooseUntilRead : words.chooseAllOf(locale, possible);
    return html`<div class="bulk">
      <label class="pick-all">
        <input
          type="checkbox"
          .checked=${possible > 0 && chosen.size === possible}
          .indeterminate=${chosen.size > 0 && chosen.size < possible}
          ?disabled=${!complete || possible === 0}
          aria-describedby="bulk-says"
          @change=${(event: Event) => this.chooseAll((event.target as HTMLInputElement).checked, rows)}
        />
        <span>${chosen.size > 0 ? words.chosen(locale, chosen.size) : label}</span>
      </label>
      <div class="btns">
        <button class=${chosen.size > 0 && !why && !this.open ? 'btn small primary' : 'btn small'} id="accept" type="button" aria-disabled=${why ? 'true' : nothing} aria-describedby="bulk-says" @click=${() => (why ? this.ctx.say(why, true) : (this.asking = true))}>${icon('check', 's')}${words.acceptChosen(locale, chosen.size)}</button>
      </div>
      <p class=${why && why !== words.chooseFirst ? 'hint' : 'sr'} id="bulk-says">${why}</p>
      <p class="sr">${words.keys}</p>
    </div>`;
  }

  private chooseAll(on: boolean, rows: readonly Lacking[]): void {
    this.chosen = new Set(on ? rows.filter((row) => bulkOf(row)).map(keyOf) : []);
    this.ctx.say(texts[this.ctx.language].chosen(this.ctx.locale, this.chosen.size));
    this.list?.requestUpdate();
  }

  private choose(index: number, extend: boolean): void {
    const loaded = this.list?.loaded ?? [];
    const row = loaded[index];
    if (!row) return;
    if (!bulkOf(row)) {
      this.ctx.say(texts[this.ctx.language].chooseNone);
      return;
    }
    const chosen = new Set(this.chosen);
    const on = !chosen.has(keyOf(row));
    const from = extend && this.last >= 0 ? Math.min(this.last, index) : index;
    for (const one of loaded.slice(from, (extend ? Math.max(this.last, index) : index) + 1)) {
      if (!bulkOf(one)) continue;
      if (on) chosen.add(keyOf(one));
      else chosen.delete(keyOf(one));
    }
    this.last = index;
    this.chosen = chosen;
    this.list?.requestUpdate();
  }

  private wishes(rows: readonly Lacking[]): Wish[] {
    return rows.filter((row) => this.chosen.has(keyOf(row))).map((row) => ({ row, value: bulkOf(row)!.value }));
  }

  private readonly accepted = (event: CustomEvent<Match[]>): void => {
    const words = texts[this.ctx.language];
    this.notice = event.detail;
    this.ctx.say(words.outcome(outcomeText(words, this.ctx.locale, event.detail)));
    this.gather();
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
    const clean = notice.every((one) => !one.counts.refused);
    return html`<div class="note ${clean ? 'ok' : 'warn'} told" tabindex="-1">
      ${icon(clean ? 'okc' : 'alert')}
      <div>
        <p class="note-head">${words.outcome(outcomeText(words, this.ctx.locale, notice))}</p>
        <div class="btns">${notice.map((one) => html`<button class="btn small" type="button" @click=${() => this.ctx.go(`decided/${one.id}`)}>${words.look}</button>`)}</div>
      </div>
    </div>`;
  }

  private foot(now: { loading: boolean; error: unknown; loaded: number; complete: boolean }, fitting: number): unknown {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const { all } = this;
    const again = () => {
      all?.retry();
      void this.list?.more();
    };
    if (now.error) return failure(this.ctx, now.error, again, { text: words.methodistAllowed });
    if (now.complete && now.loaded === 0)
      return html`<div class="empty">
        ${icon(this.isNarrowed ? 'search' : 'okc')}
        <h3>${this.isNarrowed ? words.nothingFits : words.allDone[this.what]}</h3>
        <p>${this.isNarrowed ? words.nothingFitsFix : words.allDoneFix[this.what]}</p>
        ${this.isNarrowed ? html`<button class="btn small" type="button" @click=${() => this.narrow({ ...everything, contour: this.filter.contour })}>${words.dropFilters}</button>` : nothing}
      </div>`;
    const reading = all && !all.complete && !all.error;
    return html`<p class="list-foot">
      ${now.loading || reading ? html`<span class="spin" aria-hidden="true"></span>${words.reading(locale, all?.rows.length ?? 0)}` : words.shown(locale, now.loaded, fitting)}
    </p>`;
  }

  private side(shown: Lacking | undefined, rows: readonly Lacking[], isEmpty: boolean): unknown {
    const words = texts[this.ctx.language];
    if (!shown) {
      if (!this.wide || isEmpty) return nothing;
      return html`<aside class="panel" aria-label=${words.record}><div class="empty">${icon('idoff')}<h2>${words.choose}</h2><p>${words.chooseFix}</p><p class="caption">${words.keys}</p></div></aside>`;
    }
    this.panel.toggleAttribute('sheet', !this.wide);
    Object.assign(this.panel, { ctx: this.ctx, what: this.what, contour: this.filter.contour, record: shown, place: rows.indexOf(shown) + 1, total: rows.length, mayAccept: may(this.asker, 'organization-admin') });
    return this.wide ? html`<aside aria-label=${words.record}>${this.panel}</aside>` : html`<dialog class="sheet" aria-label=${words.record} @cancel=${(event: Event) => (event.preventDefault(), this.close())}>${this.panel}</dialog>`;
  }

  private makePanel(): MatchPanel {
    const panel = document.createElement('u2035-match-panel');
    panel.addEventListener('closed', () => this.close());
    panel.addEventListener('step', (event) => this.goOn(panel.place - 1 + (event as CustomEvent<number>).detail));
    panel.addEventListener('accepted', () => this.decided(panel.record, panel.place - 1));
    panel.addEventListener('changed', (event) => this.changed((event as CustomEvent<{ was: Lacking; now: Lacking }>).detail, panel.place - 1));
    return panel;
  }

  private goOn(at: number): void {
    const rows = this.rows;
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
    const rows = this.all!.rows;
    rows.splice(rows.indexOf(row), 1);
    this.list?.replace((one) => one === row, null);
    this.forget(row);
    this.goOn(at);
  }

  /** A suggestion was rejected, or a rejection taken back. */
  private changed({ was, now }: { was: Lacking; now: Lacking }, at: number): void {
    const all = this.all!;
    const before = [...all.rows];
    const rows = before.map((row) => (row === was ? now : row));
    // While the list is still being read, who else it fits isn't known.
    all.replace(all.complete ? recounted(rows) : rows);
    all.rows.forEach((after, i) => {
      const row = before[i]!;
      if (after === row) return;
      this.list?.replace((one) => one === row, this.fitting(after) ? after : null);
      this.forget(row);
    });
    this.read += 1;
    if (this.open === keyOf(now) && !this.fitting(now)) this.goOn(at);
  }

  private forget(row: Lacking): void {
    this.chosen = new Set([...this.chosen].filter((key) => key !== keyOf(row)));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-match-list': MatchList;
  }
}
