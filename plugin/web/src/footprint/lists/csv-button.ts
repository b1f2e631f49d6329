/** «Выгрузить список»: the list with its filters as one CSV file, or as the XLSX file that `from` gives. */

import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Ask } from '@kit/api';
import { baseStyle, wordsOf, Part } from '@kit/element';
import { icon } from '@kit/icons';
import { saveCsv, saveXlsx } from './csv';
import { texts } from './texts';

@customElement('u2035-csv')
export class CsvButton extends Part {
  static override styles = [baseStyle, css`:host { display: inline-block; container: none; } .btn { width: 100%; } p { margin-top: var(--u-1); }`];

  @property({ attribute: false }) from = '';
  @property({ attribute: false }) filters: Ask['query'] = {};
  @property({ type: Boolean }) xlsx = false;
  @state() private busy = false;
  @state() private failed: unknown = null;

  private async press(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failed = null;
    try {
      const name = await (this.xlsx ? saveXlsx : saveCsv)(this.ctx.api, this.from, this.filters);
      this.ctx.say(texts[this.ctx.language].downloaded(name));
    } catch (error) {
      this.failed = error;
    }
    this.busy = false;
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const why = this.failed ? wordsOf(this.ctx.kit, this.failed) : null;
    return html`<button class="btn" type="button" aria-busy=${this.busy ? 'true' : 'false'} @click=${this.press}>
        ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.downloading}` : html`${icon('down')}${this.xlsx ? words.downloadXlsx : words.download}`}
      </button>
      ${why ? html`<p class="small bad-text" role="alert">${why.title}. ${why.detail || why.fix}</p>` : ''}`;
  }
}
