/** A list of unti_ids: the file, what its columns hold, and whom it fits. Nothing is written from here. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { until } from 'lit/directives/until.js';
import type { Page } from '@kit/api';
import { failure } from '@kit/element';
import { icon } from '@kit/icons';
import { ListPart, crumbs, select, to } from '../lists/list-part';
import { learnerName } from '../lists/names';
import { may, roleOf, type Role } from '../lists/role';
import { texts as listTexts } from '../lists/texts';
import { fields, importQuery, problemOf, recognized, type Field } from './matching';
import { texts } from './texts';
import type { Columns, Contradiction, Import } from './types';

const mostBytes = 32 * 1024 * 1024;

@customElement('u2035-unti-file')
export class UntiFile extends ListPart {
  static override styles = [
    ...ListPart.styles,
    css`
      .two-cols { display: grid; grid-template-columns: minmax(0, 1fr) minmax(240px, 340px); gap: var(--u-5); align-items: start; }
      .form { display: grid; gap: var(--u-5); padding: var(--u-5); }
      .radios { display: flex; flex-wrap: wrap; gap: var(--u-1) var(--u-5); }
      .column { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: var(--u-2) var(--u-4); align-items: center; padding-block: var(--u-2); border-top: 1px solid var(--u-line); }
      .column .btn { margin-left: calc(-1 * var(--u-3)); white-space: normal; text-align: left; }
      .column .name { display: grid; justify-items: start; overflow-wrap: anywhere; font-weight: var(--u-w-medium); }
      .past li { padding: var(--u-3) var(--u-5); border-top: 1px solid var(--u-line); font-size: var(--u-fs-s); }
      .past small { display: block; color: var(--u-ink-3); }
      @container page (max-width: 860px) { .two-cols { grid-template-columns: minmax(0, 1fr); } }
      @container page (max-width: 500px) { .column { grid-template-columns: minmax(0, 1fr); } .form { padding: var(--u-4); } }
    `,
  ];

  @state() private imports: Import[] = [];
  @state() private contradictions: Contradiction[] = [];
  @state() private isMore = false;
  @state() private file: File | null = null;
  @state() private columns: Columns | null = null;
  @state() private choice: ReadonlyMap<string, Field> = new Map();
  @state() private contour: Import['contour'] = 'production';
  @state() private anyStatus = false;
  @state() private busy = false;
  @state() private wrong: unknown = null;
  @state() private asker: Role | null = null;

  private get address(): string {
    return `${this.base}/learners/unti-ids`;
  }

  protected override async fetch(signal: AbortSignal): Promise<void> {
    const { api } = this.ctx;
    const [imports, contradictions, role] = await Promise.all([
      api.get<Page<Import>>(this.address, { query: { limit: 20 }, signal }),
      api.get<Page<Contradiction>>(`${this.address}/contradictions`, { query: { limit: 50 }, signal }),
      roleOf(this.ctx),
    ]);
    this.imports = imports.data.items;
    this.contradictions = contradictions.data.items;
    this.isMore = contradictions.data.next !== null;
    this.asker = role;
  }

  /** The server goes by the address, not by what a browser takes the file for. */
  private get bytes(): Blob {
    return new Blob([this.file!], { type: 'application/octet-stream' });
  }

  private async read(file: File | null, sheet = ''): Promise<void> {
    this.file = file;
    this.columns = null;
    this.wrong = file && file.size > mostBytes ? new Error(texts[this.ctx.language].fileHint) : null;
    if (!file || this.wrong) return;
    this.busy = true;
    try {
      const query = sheet ? `?${new URLSearchParams({ sheet })}` : '';
      const columns = (await this.ctx.api.post<Columns>(`${this.address}/columns${query}`, this.bytes)).data;
      if (this.file === file) {
        this.columns = columns;
        this.choice = recognized(columns);
      }
    } catch (error) {
      this.wrong = error;
    }
    this.busy = false;
  }

  private async preview(): Promise<void> {
    const problem = problemOf(this.choice);
    if (problem || this.busy || !this.columns) return;
    this.busy = true;
    this.wrong = null;
    try {
      const query = importQuery(this.choice, { contour: this.contour, anyStatus: this.anyStatus, sheet: this.columns.sheet });
      const made = (await this.ctx.api.post<Import>(`${this.address}?${query}`, this.bytes)).data;
      this.ctx.go(`unsendable/unti-ids/${made.id}`);
    } catch (error) {
      this.wrong = error;
    }
    this.busy = false;
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    return html`${crumbs(this.ctx, listTexts[this.ctx.language].way, [{ path: 'unsendable', title: words.title }, { title: words.untiIds }])}
      <header class="page-head"><div class="head-main"><h1 tabindex="-1">${words.untiIds}</h1><p class="lead">${words.untiLead}</p></div></header>
      ${this.body(
        () => html`${this.contradictions.length > 0 ? this.contradicted() : nothing}
          <div class="two-cols"><section class="panel form">${this.form()}</section>${this.past()}</div>`,
      )}`;
  }

  private form(): TemplateResult {
    const words = texts[this.ctx.language];
    const barred = may(this.asker, 'organization-admin') ? '' : listTexts[this.ctx.language].needs['organization-admin'];
    return html`<fieldset ?disabled=${barred !== ''}>
        <div class="field">
          <label for="file">${words.file}</label>
          <input class="input" id="file" type="file" accept=".xlsx,.csv" aria-describedby="file-says" @change=${(event: Event) => void this.read((event.target as HTMLInputElement).files?.[0] ?? null)} />
          <p class="hint" id="file-says">${barred || words.fileHint}</p>
        </div>
      </fieldset>
      <fieldset>
        <legend class="small">${words.contour}</legend>
        <div class="radios">
          ${(['production', 'test'] as const).map(
            (contour) => html`<label class="pick"><input type="radio" name="contour" .checked=${this.contour === contour} @change=${() => (this.contour = contour)} />${words.contours[contour]}</label>`,
          )}
        </div>
      </fieldset>
      ${this.busy && !this.columns ? html`<p class="muted" role="status">${words.reading}</p>` : nothing}
      ${this.wrong ? failure(this.ctx, this.wrong) : nothing} ${this.columns ? this.matching(this.columns) : nothing}`;
  }

  private matching(columns: Columns): TemplateResult {
    const words = texts[this.ctx.language];
    const problem = problemOf(this.choice);
    const options = [{ value: '', title: words.notUsed }, ...fields.map((field) => ({ value: field, title: words.fields[field] }))];
    return html`<div>
        <h2>${words.columns}</h2>
        <p class="muted small">${words.readAs(this.ctx.locale, columns.rows, columns.sheet)}</p>
        ${columns.sheets.length > 1
          ? html`<div class="toolbar gap-top">${select(words.sheet, columns.sheet, columns.sheets.map((one) => ({ value: one, title: one })), (sheet) => void this.read(this.file, sheet))}</div>`
          : nothing}
        <div class="gap-top">
          ${columns.columns.map(({ column, field, namesALearner }) => {
            const meant = this.choice.get(column) ?? '';
            return html`<div class="column">
              <div class="name">
                ${column}${meant === '' && field && namesALearner && fields.includes(field as Field) ? html`<button class="btn quiet small" type="button" @click=${() => this.mean(column, field)}>${icon('plus', 's')}${words.likely(words.fields[field as Field])}</button>` : nothing}
              </div>
              ${select(`${words.meaning}: ${column}`, meant, options, (value) => this.mean(column, value))}
            </div>`;
          })}
        </div>
      </div>
      <label class="pick"><input type="checkbox" .checked=${this.anyStatus} @change=${(event: Event) => (this.anyStatus = (event.target as HTMLInputElement).checked)} />${words.anyStatus}</label>
      <div class="btns">
        <button class="btn primary" type="button" aria-disabled=${problem ? 'true' : 'false'} aria-busy=${this.busy ? 'true' : 'false'} aria-describedby="problem" @click=${this.preview}>
          ${this.busy ? html`<span class="spin" aria-hidden="true"></span>` : icon('search')}${words.preview}
        </button>
        <span class="grow small muted" id="problem">${problem ? words.problems[problem] : words.notWritten}</span>
      </div>`;
  }

  private mean(column: string, value: string): void {
    const choice = new Map(this.choice);
    if (value) choice.set(column, value as Field);
    else choice.delete(column);
    this.choice = choice;
  }

  private past(): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    return html`<section class="panel past">
      <div class="panel-head"><h2>${words.imports}</h2></div>
      ${this.imports.length === 0
        ? html`<p class="panel-body muted small">${words.noImports}</p>`
        : html`<ul>
            ${this.imports.map(
              (one) => html`<li>
                ${to(this.ctx, `unsendable/unti-ids/${one.id}`, locale.moment(one.createdAt))}
                <small>${words.importRows(locale, one.rows)}, ${one.undoneAt ? words.importUndone(locale.moment(one.undoneAt)) : one.appliedAt ? words.importDone(locale.moment(one.appliedAt)) : words.importWaits}. ${one.createdBy}</small>
              </li>`,
            )}
          </ul>`}
    </section>`;
  }

  private contradicted(): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const count = `${words.contradictions(locale, this.contradictions.length)}${this.isMore ? '+' : ''}`;
    return html`<div class="note warn wide-note">
      ${icon('alert')}
      <div>
        <h2 class="small strong">${count}</h2>
        <details class="more">
          <summary>${icon('chev', 's')}${words.showThem}</summary>
          <ul>
            ${this.contradictions.map(
              (one) => html`<li>${until(learnerName(this.ctx, one.learner, one.learnerExternalId), one.learnerExternalId)}: ${words.contradiction(one.confirmed, one.record)}. ${one.reason} ${one.fix}</li>`,
            )}
          </ul>
        </details>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-unti-file': UntiFile;
  }
}
