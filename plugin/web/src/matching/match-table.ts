/** A table of University 2035's ids: the file, and what was read of it. Nothing is written to records from here. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { organizationPath } from '@kit/api';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import { may, roleOf, type Role } from '../footprint/lists/role';
import matchCss from './match.css?inline';
import { texts } from './texts';

interface Read {
  read: number;
  wrong: string[];
}
const mostBytes = 32 * 1024 * 1024;

@customElement('u2035-match-table')
export class MatchTable extends Part {
  static override styles = [baseStyle, unsafeCSS(matchCss)];

  @state() private file: File | null = null;
  @state() private told: Read | null = null;
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
      this.told = (await this.ctx.api.post<Read>(`${organizationPath(this.ctx.organization)}/u2035/elements/match/table`, body)).data;
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
    return html`<section class="panel" aria-label=${words.tableTitle}>
      <div class="panel-head"><p class="muted">${words.tableKinds}</p></div>
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

  private outcome({ read, wrong }: Read): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const tone = read === 0 ? 'bad' : wrong.length > 0 ? 'warn' : 'ok';
    return html`<div class="note ${tone} told" tabindex="-1">
      ${icon(tone === 'ok' ? 'okc' : tone === 'warn' ? 'alert' : 'excl')}
      <div>
        <p class="note-head">${words.readDone(locale, read)}</p>
        <p>${read === 0 ? words.readNoneFix : words.readNext}</p>
        ${wrong.length > 0
          ? html`<p class="strong gap-top">${words.wrongCells(locale, wrong.length)}</p>
              <ul class="wrong">${wrong.map((cell) => html`<li><code>${cell}</code></li>`)}</ul>
              <p>${words.wrongCellsFix}</p>`
          : nothing}
        ${read > 0 ? html`<div class="btns"><button class="btn small" type="button" @click=${() => this.ctx.go('elements')}>${words.look}</button></div>` : nothing}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-match-table': MatchTable;
  }
}
