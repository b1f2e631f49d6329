/** A table of University 2035's ids: the file, what was read of it, and the rows that weren't, with the reason. Nothing is written to records from here. */

import { css, html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { organizationPath } from '@kit/api';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import { may, roleOf, type Role } from '../footprint/lists/role';
import matchCss from './match.css?inline';
import { texts } from './texts';
import type { Contour, What } from './types';

interface Refused {
  row: number;
  column: string;
  value: string;
  code: string;
  reason: string;
  fix: string;
}
interface Read {
  read: number;
  refused: Refused[];
}
const mostBytes = 32 * 1024 * 1024;
const atOnce = 100;

@customElement('u2035-match-table')
export class MatchTable extends Part {
  static override styles = [
    baseStyle,
    unsafeCSS(matchCss),
    css`
      .refused { display: grid; margin: 0; padding: 0; border: 1px solid var(--u-line); border-radius: var(--u-r-m); font-size: var(--u-fs-s); overflow-wrap: anywhere; }
      .refused li { display: grid; gap: 2px; padding: var(--u-3) var(--u-4); list-style: none; }
      .refused li + li { border-top: 1px solid var(--u-line); }
      .refused code { padding: 0 6px; border-radius: var(--u-r-s); background: var(--u-sunken); }
    `,
  ];

  @property() what: What = 'elements';
  @property() contour: Contour = 'production';
  @state() private file: File | null = null;
  @state() private told: Read | null = null;
  @state() private shown = atOnce; // of the rows that were refused
  @state() private busy = false;
  @state() private wrong: unknown = null;
  @state() private asker: Role | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    if (this.isElsewhere(changed)) void roleOf(this.ctx).then((role) => (this.asker = role));
  }

  private readonly send = async (): Promise<void> => {
    const words = texts[this.ctx.language];
    if (this.busy || this.hindrance) {
      if (this.hindrance) this.ctx.say(this.hindrance, true);
      return;
    }
    this.busy = true;
    this.wrong = this.told = null;
    try {
      // The server goes by the address, not by what a browser takes the file for.
      const body = new Blob([this.file!], { type: 'application/octet-stream' });
      this.told = (await this.ctx.api.post<Read>(`${organizationPath(this.ctx.organization)}/u2035/${this.what}/match/table`, body, { query: this.what === 'learners' ? { contour: this.contour } : {} })).data;
      this.shown = atOnce;
      this.ctx.say(words.readDone(this.ctx.locale, this.told.read));
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.told')?.focus();
    } catch (error) {
      this.wrong = error;
    }
    this.busy = false;
  };

  private get hindrance(): string {
    const words = texts[this.ctx.language];
    if (!may(this.asker, 'organization-admin')) return words.adminOnly;
    if (!this.file) return words.chooseFile;
    return this.file.size > mostBytes ? words.fileTooLarge : '';
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const { hindrance } = this;
    return html`<section class="panel" aria-label=${words.tableTitle[this.what]}>
      <div class="panel-head"><p class="muted">${words.tableKinds[this.what]}${this.what === 'learners' ? ` ${words.contours[this.contour]}.` : nothing}</p></div>
      <div class="panel-body stack">
        <div class="field">
          <label for="file">${words.file}</label>
          <input class="input" id="file" type="file" accept=".xlsx,.csv" ?disabled=${!may(this.asker, 'organization-admin')} aria-describedby="file-says" @change=${(event: Event) => ((this.file = (event.target as HTMLInputElement).files?.[0] ?? null), (this.told = null))} />
          <p class="hint" id="file-says">${words.fileHint}</p>
        </div>
        <div class="btns">
          <button class="btn primary" type="button" aria-disabled=${hindrance ? 'true' : nothing} aria-busy=${this.busy ? 'true' : nothing} aria-describedby="why" @click=${this.send}>
            ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.readingFile}` : html`${icon('table')}${words.read}`}
          </button>
          <span class="grow small muted" id="why">${hindrance}</span>
        </div>
        ${this.wrong ? failure(this.ctx, this.wrong) : nothing} ${this.told ? this.outcome(this.told) : nothing}
      </div>
    </section>`;
  }

  private outcome({ read, refused }: Read): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const tone = read === 0 ? 'bad' : refused.length > 0 ? 'warn' : 'ok';
    return html`<div class="note ${tone} told" tabindex="-1">
        ${icon(tone === 'ok' ? 'okc' : tone === 'warn' ? 'alert' : 'excl')}
        <div>
          <p class="note-head">${words.readDone(locale, read)}</p>
          <p>${read === 0 ? (refused.length > 0 ? nothing : words.readNoneFix) : words.readNext}</p>
          ${refused.length > 0 ? html`<p class="strong gap-top">${words.refusedRows(locale, refused.length)}</p><p>${words.refusedFix}</p>` : nothing}
          ${read > 0 ? html`<div class="btns"><button class="btn small" type="button" @click=${() => this.ctx.go(this.what)}>${words.look}</button></div>` : nothing}
        </div>
      </div>
      ${refused.length > 0
        ? html`<ul class="refused" aria-label=${words.refusedRows(locale, refused.length)}>${refused.slice(0, this.shown).map((one) => this.refused(one))}</ul>
            ${refused.length > this.shown ? html`<button class="btn small" type="button" @click=${() => (this.shown += atOnce)}>${words.showMore(locale, refused.length - this.shown)}</button>` : nothing}`
        : nothing}`;
  }

  private refused(one: Refused): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<li>
      <p class="strong">${words.atRow(this.ctx.locale.number(one.row), one.column)}: <code>${one.value}</code></p>
      <p>${one.reason[0]?.toUpperCase()}${one.reason.slice(1)}.</p>
      <p class="muted">${one.fix}</p>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-match-table': MatchTable;
  }
}
