/** One list of unti_ids: whom each row fits, writing them, and taking them back. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { ApiError, type Answer, type Page } from '@kit/api';
import { failure } from '@kit/element';
import { icon } from '@kit/icons';
import type { LoadPage } from '@kit/long-list';
import '../lists/csv-button';
import { ListPart, crumbs, facet } from '../lists/list-part';
import { may, roleOf, type Role } from '../lists/role';
import '../lists/rows';
import type { Rows } from '../lists/rows';
import { texts as listTexts } from '../lists/texts';
import './import-row';
import { actionsOf } from './matching';
import { texts } from './texts';
import { rowStates, type Import, type ImportRow, type RowState } from './types';

@customElement('u2035-unti-import')
export class UntiImport extends ListPart {
  static override styles = [...ListPart.styles, css`.act { display: flex; flex-wrap: wrap; align-items: center; gap: var(--u-2) var(--u-3); padding: var(--u-4) var(--u-5); border-bottom: 1px solid var(--u-line); } .act p { flex: 1 1 14rem; }`];

  @state() private one: Import | null = null;
  @state() private show: RowState | '' = '';
  @state() private overwrite: ReadonlySet<number> = new Set();
  @state() private loadRows: LoadPage<ImportRow> | null = null;
  @state() private busy: 'apply' | 'undo' | null = null;
  @state() private wrong: unknown = null;
  @state() private asker: Role | null = null;
  @query('u2035-rows') private readonly rows!: Rows<ImportRow> | null;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('#cancel') private readonly cancel!: HTMLButtonElement;
  private etag = '';

  private get address(): string {
    return `${this.base}/learners/unti-ids/${encodeURIComponent(this.path)}`;
  }

  protected override async fetch(signal: AbortSignal): Promise<void> {
    const [answer, role] = await Promise.all([this.ctx.api.get<Import>(this.address, { signal }), roleOf(this.ctx)]);
    this.asker = role;
    this.take(answer);
    this.overwrite = new Set();
    this.narrow(this.one!.appliedAt ? '' : (this.one!.counts.conflicting ?? 0) > 0 && !this.one!.counts.matched ? 'conflicting' : '');
  }

  private take(answer: Answer<Import>): void {
    this.one = answer.data;
    this.etag = answer.etag;
  }

  private narrow(show: RowState | ''): void {
    this.show = show;
    const { api } = this.ctx;
    const { address } = this;
    this.loadRows = async (cursor, signal) => (await api.get<Page<ImportRow>>(`${address}/rows`, { query: { state: show || undefined, limit: 100, cursor }, signal })).data;
  }

  private async change(what: 'apply' | 'undo'): Promise<void> {
    if (this.busy || !this.one) return;
    const { ctx } = this;
    const words = texts[ctx.language];
    this.busy = what;
    this.wrong = null;
    try {
      const body = what === 'apply' ? { rows: 'all-matched', ...(this.overwrite.size > 0 ? { overwrite: [...this.overwrite].sort((a, b) => a - b) } : {}) } : {};
      const answer = await ctx.api.post<Import>(`${this.address}/${what}`, body, { ifMatch: this.etag });
      this.take(answer);
      this.overwrite = new Set();
      this.narrow('');
      ctx.say(words.outcome(this.outcomeText(answer.data)));
      // The button that was pressed may be gone.
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.outcome')?.focus();
    } catch (error) {
      this.wrong = error;
      if (error instanceof ApiError && error.status === 412) {
        try {
          this.take(await ctx.api.get<Import>(this.address));
          this.narrow(this.show);
        } catch (again) {
          this.wrong = again;
        }
      }
    }
    this.busy = null;
  }

  private outcomeText(one: Import): string {
    const words = texts[this.ctx.language];
    return rowStates.flatMap((state) => (one.outcome?.[state] ? [words.outcomePart(this.ctx.locale, words.states[state], one.outcome[state]!)] : [])).join(', ');
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const one = this.ready ? this.one : null;
    const title = one ? words.importOf(locale.moment(one.createdAt)) : words.untiIds;
    return html`${crumbs(this.ctx, listTexts[this.ctx.language].way, [{ path: 'unsendable', title: words.title }, { path: 'unsendable/unti-ids', title: words.untiIds }, { title }])}
      <header class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${title}</h1>
          ${one
            ? html`<p class="lead">${words.importLead(locale, one.rows, (one.counts.matched ?? 0) + (one.counts.conflicting ?? 0) + (one.counts.applied ?? 0) + (one.counts.same ?? 0))} ${words.contours[one.contour]}.</p>
                <p class="muted small">${one.columns.map((column) => column.column).join(', ')}. ${one.createdBy}</p>`
            : nothing}
        </div>
        ${one ? html`<div class="btns"><u2035-csv .ctx=${this.ctx} .from=${`${this.address}/rows`} .filters=${{ state: this.show || undefined }}></u2035-csv></div>` : nothing}
      </header>
      ${this.body(() => this.view(this.one!))}`;
  }

  private view(one: Import): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const states = rowStates.filter((state) => (one.counts[state] ?? 0) > 0 || state === this.show);
    return html`${this.wrong ? html`<div class="wide-note">${failure(this.ctx, this.wrong)}</div>` : nothing}
      ${one.outcome ? html`<div class="note ok wide-note outcome" tabindex="-1">${icon('okc')}<p>${words.outcome(this.outcomeText(one))}</p></div>` : nothing}
      <div class="facets" role="group" aria-label=${words.rowsOf}>
        ${facet(this.show === '', listTexts[this.ctx.language].all, locale.number(one.rows), () => this.narrow(''))}
        ${states.map((state) => facet(this.show === state, words.states[state], locale.number(one.counts[state] ?? 0), () => this.narrow(state)))}
      </div>
      <section class="panel" aria-label=${words.rowsOf} @overwrite=${this.choose}>
        ${this.acts(one)}
        <u2035-rows
          .ctx=${this.ctx}
          .load=${this.loadRows}
          .label=${words.rowsOf}
          .heights=${[72, 148] as const}
          .total=${this.show ? (one.counts[this.show] ?? 0) : one.rows}
          .row=${(row: ImportRow) => html`<u2035-import-row .ctx=${this.ctx} .one=${row} .chosen=${this.overwrite.has(row.row)} .fixed=${!may(this.asker, 'organization-admin')}></u2035-import-row>`}
          .empty=${html`<div class="empty">${icon('search')}<h2>${listTexts[this.ctx.language].nothingFits}</h2></div>`}
        ></u2035-rows>
      </section>
      ${this.undoDialog(one)}`;
  }

  private readonly choose = (event: Event): void => {
    const { row, on } = (event as CustomEvent<{ row: number; on: boolean }>).detail;
    const overwrite = new Set(this.overwrite);
    if (on) overwrite.add(row);
    else overwrite.delete(row);
    this.overwrite = overwrite;
    this.rows?.redraw();
  };

  private acts(one: Import): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const can = actionsOf(one.counts, this.overwrite.size);
    const barred = may(this.asker, 'organization-admin') ? '' : listTexts[this.ctx.language].needs['organization-admin'];
    const off = barred || (can.canApply ? '' : can.canUndo || one.undoneAt ? '' : words.applyNone);
    const past = one.undoneAt
      ? words.undoneBy(one.undoneBy, locale.moment(one.undoneAt))
      : one.appliedAt
        ? words.written(locale, one.counts.applied ?? 0, one.appliedBy, locale.moment(one.appliedAt))
        : words.notWritten;
    const spin = (what: 'apply' | 'undo') => (this.busy === what ? html`<span class="spin" aria-hidden="true"></span>` : nothing);
    return html`<div class="act">
      <p class="says" id="act-says">
        ${off || past} ${can.unfinished > 0 ? words.applyUnfinished(locale, can.unfinished) : nothing} ${this.overwrite.size > 0 ? words.overwriteChosen(locale, this.overwrite.size) : nothing}
      </p>
      <div class="btns">
        ${can.canUndo
          ? html`<button class="btn danger-quiet" type="button" aria-disabled=${barred ? 'true' : 'false'} aria-busy=${this.busy === 'undo' ? 'true' : 'false'} aria-describedby="act-says" @click=${() => barred || this.ask()}>${spin('undo')}${words.undo}</button>`
          : nothing}
        ${can.canApply || (!can.canUndo && !one.undoneAt)
          ? html`<button class="btn primary" type="button" aria-disabled=${off ? 'true' : 'false'} aria-busy=${this.busy === 'apply' ? 'true' : 'false'} aria-describedby="act-says" @click=${() => (off ? this.ctx.say(off, true) : void this.change('apply'))}>
              ${spin('apply')}${words.apply(locale, can.writes)}
            </button>`
          : nothing}
      </div>
    </div>`;
  }

  private ask(): void {
    this.dialog.showModal();
    this.cancel.focus();
  }

  private undoDialog(one: Import): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<dialog role="alertdialog" aria-labelledby="undo-title" aria-describedby="undo-means">
      <div class="dialog">
        <div class="dialog-head">
          <span class="sign">${icon('alert')}</span>
          <div><h2 id="undo-title">${words.undoTitle(this.ctx.locale, one.counts.applied ?? 0)}</h2><p id="undo-means">${words.undoMeans}</p></div>
        </div>
        <div class="dialog-foot">
          <button class="btn" id="cancel" type="button" @click=${() => this.dialog.close()}>${this.ctx.kit.cancel}</button>
          <button
            class="btn danger"
            type="button"
            @click=${() => {
              this.dialog.close();
              void this.change('undo');
            }}
          >
            ${words.doUndo}
          </button>
        </div>
      </div>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-unti-import': UntiImport;
  }
}
