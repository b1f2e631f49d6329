/** What was accepted and by whom, the latest first; one acceptance with its rows, and taking it back. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { until } from 'lit/directives/until.js';
import { ApiError, type Page } from '@kit/api';
import { failure } from '@kit/element';
import { icon } from '@kit/icons';
import type { LoadPage } from '@kit/long-list';
import { personOf } from '@kit/session';
import '../footprint/lists/csv-button';
import '../footprint/lists/line';
import { ListPart, crumbs, facet, to } from '../footprint/lists/list-part';
import { may, roleOf, type Role } from '../footprint/lists/role';
import '../footprint/lists/rows';
import { outcomeText } from './accept';
import { nameOf } from './match-rows';
import { texts } from './texts';
import { rowStates, type Match, type MatchRow, type RowState } from './types';

@customElement('u2035-match-decided')
export class MatchDecided extends ListPart {
  static override styles = [
    ...ListPart.styles,
    css`
      .act { display: flex; flex-wrap: wrap; align-items: center; gap: var(--u-2) var(--u-3); padding: var(--u-4) var(--u-5); border-bottom: 1px solid var(--u-line); } .act p { flex: 1 1 14rem; }
    `,
  ];

  @state() private match: Match | null = null;
  @state() private show: RowState | '' = '';
  @state() private loadRows: LoadPage<Match> | LoadPage<MatchRow> | null = null;
  @state() private busy = false;
  @state() private wrong: unknown = null;
  @state() private asker: Role | null = null;
  @state() private done = '';
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  private etag = '';

  private get address(): string {
    return `${this.base}/matches`;
  }

  protected override async fetch(signal: AbortSignal): Promise<void> {
    const { api } = this.ctx;
    const [id] = this.steps;
    this.wrong = null;
    this.done = '';
    this.match = null;
    this.asker = await roleOf(this.ctx);
    if (!id) {
      this.loadRows = async (cursor, stop) => (await api.get<Page<Match>>(this.address, { query: { limit: 100, cursor }, signal: stop })).data;
      return;
    }
    await this.read(signal);
    this.narrow('');
  }

  private async read(signal?: AbortSignal): Promise<void> {
    const answer = await this.ctx.api.get<Match>(`${this.address}/${encodeURIComponent(this.steps[0]!)}`, { signal });
    this.match = answer.data;
    this.etag = answer.etag;
  }

  private narrow(show: RowState | ''): void {
    this.show = show;
    const rows = (this.match!.rows ?? []).filter((row) => !show || row.state === show);
    this.loadRows = async () => ({ items: rows, next: null });
  }

  private async undo(): Promise<void> {
    if (this.busy) return;
    const words = texts[this.ctx.language];
    this.busy = true;
    this.wrong = null;
    try {
      const answer = await this.ctx.api.post<Match>(`${this.address}/${encodeURIComponent(this.steps[0]!)}/undo`, {}, { ifMatch: this.etag });
      this.match = answer.data;
      this.etag = answer.etag;
      this.narrow('');
      this.done = words.undone(outcomeText(words, this.ctx.locale, answer.data));
      this.ctx.say(this.done);
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.outcome')?.focus();
    } catch (error) {
      this.wrong = error;
      // How it stands now: somebody else may have taken it back.
      if (error instanceof ApiError && (error.status === 412 || error.status === 409))
        await this.read().then(
          () => this.narrow(''),
          () => {},
        );
    }
    this.busy = false;
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    return this.steps[0]
      ? html`${crumbs(this.ctx, words.crumbs, [{ path: 'decided', title: words.tab.decided }, { title: this.match ? this.titleOf(this.match) : this.steps[0] }])} ${this.body(() => this.oneMatch(this.match!))}`
      : this.body(() => this.list());
  }

  private titleOf(one: Match): string {
    const total = Object.values(one.counts).reduce((sum, n) => sum + n, 0);
    return texts[this.ctx.language].batchTitle[one.what](this.ctx.locale, total);
  }

  private list(): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<section class="panel" aria-label=${words.tab.decided}>
        <u2035-rows
          .ctx=${this.ctx}
          .load=${this.loadRows as LoadPage<unknown>}
          .label=${words.tab.decided}
          .heights=${[60, 96] as const}
          .row=${(item: unknown) => this.line(item as Match)}
          .empty=${html`<div class="empty">${icon('inbox')}<h2>${words.noneDecided}</h2><p>${words.noneDecidedFix}</p></div>`}
        ></u2035-rows>
      </section>
      <p class="gap-top"><u2035-csv .ctx=${this.ctx} .from=${this.address}></u2035-csv></p>`;
  }

  private line(one: Match): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const who = until(personOf(this.ctx.api, one.createdBy), one.createdBy);
    return this.cells(
      html`<div><span class="clip">${to(this.ctx, `decided/${one.id}`, this.titleOf(one))}</span><small>${one.contour ? words.contours[one.contour] : words.tab.elements}</small></div>`,
      html`<div><span class="clip">${outcomeText(words, locale, one)}</span><small>${who}, ${locale.moment(one.createdAt)}</small></div>`,
      one.undoneAt ? html`<span class="badge">${icon('left')}${words.undoneShort}</span>` : html`<span class="badge ok">${icon('check')}${words.standing}</span>`,
    );
  }
  private cells(...cells: TemplateResult[]): TemplateResult {
    return html`<u2035-line .ctx=${this.ctx} .cells=${cells}></u2035-line>`;
  }

  private oneMatch(one: Match): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const applied = (one.counts.applied ?? 0) + (one.counts.applying ?? 0);
    const why = !may(this.asker, 'organization-admin') ? words.adminOnly : applied === 0 ? words.nothingToUndo : '';
    const states = rowStates.filter((state) => (one.counts[state] ?? 0) > 0);
    return html`${this.done ? html`<div class="note ok wide-note outcome" tabindex="-1">${icon('okc')}<p>${this.done}</p></div>` : nothing}
      ${this.wrong ? html`<div class="wide-note">${failure(this.ctx, this.wrong)}</div>` : nothing}
      ${states.length > 1
        ? html`<div class="facets" role="group" aria-label=${words.stateCol}>
            ${facet(this.show === '', words.all, locale.number(one.rows?.length ?? 0), () => this.narrow(''))}
            ${states.map((state) => facet(this.show === state, words.states[state], locale.number(one.counts[state] ?? 0), () => this.narrow(state)))}
          </div>`
        : nothing}
      <section class="panel" aria-label=${words.batchRows}>
        <div class="act">
          <p class="small muted" id="why">
            ${locale.moment(one.createdAt)}, ${until(personOf(this.ctx.api, one.createdBy), one.createdBy)}.
            ${one.contour ? `${words.contours[one.contour]}.` : nothing}
            ${one.undoneAt ? words.undoneBy(one.undoneBy, locale.moment(one.undoneAt)) : why}
          </p>
          ${one.undoneAt
            ? nothing
            : html`<button class="btn danger-quiet" id="undo" type="button" aria-disabled=${why ? 'true' : nothing} aria-busy=${this.busy ? 'true' : nothing} aria-describedby="why" @click=${() => (why ? this.ctx.say(why, true) : this.ask())}>${words.undo}</button>`}
        </div>
        <u2035-rows .ctx=${this.ctx} .load=${this.loadRows as LoadPage<unknown>} .label=${words.batchRows} plain .heights=${[56, 84] as const} .row=${(item: unknown) => this.row(item as MatchRow)}></u2035-rows>
      </section>
      <dialog role="alertdialog" aria-labelledby="undo-title" aria-describedby="undo-means">
        <div class="dialog">
          <div class="dialog-head"><span class="sign">${icon('alert')}</span><div><h2 id="undo-title">${words.undoTitle(locale, applied)}</h2><p id="undo-means">${words.undoMeans}</p></div></div>
          <div class="dialog-foot">
            <button class="btn" id="cancel" type="button" @click=${() => this.dialog.close()}>${this.ctx.kit.cancel}</button>
            <button class="btn danger" type="button" @click=${() => (this.dialog.close(), void this.undo())}>${words.doUndo}</button>
          </div>
        </div>
      </dialog>`;
  }

  private ask(): void {
    this.dialog.showModal();
    this.renderRoot.querySelector<HTMLElement>('#cancel')!.focus();
  }

  private row(row: MatchRow): TemplateResult {
    const words = texts[this.ctx.language];
    const tone = row.state === 'applied' || row.state === 'same' ? 'ok' : row.state === 'undone' ? '' : 'warn';
    return this.cells(
      html`<div><span class="clip strong">${nameOf(this.ctx, row)}</span><small>${[words.kinds[row.kind], row.title && row.externalId].filter(Boolean).join(' · ')}</small></div>`,
      html`<div><span class="num">${row.value}</span>${row.code ? html`<small title=${words.codes[row.code]}>${words.codes[row.code]}</small>` : nothing}</div>`,
      html`<span class="badge ${tone}">${icon(tone === 'ok' ? 'check' : tone === 'warn' ? 'alert' : 'left')}${words.states[row.state]}</span>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-match-decided': MatchDecided;
  }
}
