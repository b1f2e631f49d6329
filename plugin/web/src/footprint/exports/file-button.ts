/** Downloads one file of an export: by a link where the cookie serves, else through the page. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { save } from '@kit/clipboard';
import { baseStyle, wordsOf, Part } from '@kit/element';
import { icon } from '@kit/icons';
import { texts } from './texts';
import type { ExportFile } from './types';

@customElement('u2035-file')
export class FileButton extends Part {
  static override styles = [
    baseStyle,
    css`
      :host { display: inline-grid; container: none; max-width: 100%; }
      .btn { justify-content: flex-start; white-space: normal; text-align: left; }
      .btn small { color: var(--u-ink-3); font-weight: var(--u-w-regular); font-size: var(--u-fs-xs); }
      .name { overflow-wrap: anywhere; }
    `,
  ];

  @property({ attribute: false }) file!: ExportFile;
  @property() meta = '';
  @property() kind = '';
  @state() private busy = false;
  @state() private failed: unknown = null;

  private async press(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failed = null;
    try {
      const { blob } = await this.ctx.api.download(this.file.url, { accept: '*/*' });
      save(blob, this.file.name);
      this.ctx.say(texts[this.ctx.language].downloaded(this.file.name));
    } catch (error) {
      this.failed = error;
    }
    this.busy = false;
  }

  override render(): TemplateResult {
    const { ctx, file } = this;
    const label = html`<span class="name"><span class="sr">${texts[ctx.language].download('')}</span>${file.name} <small>${this.kind ? `${this.kind}, ` : nothing}${this.meta}</small></span>`;
    if (ctx.api.hasCookie) return html`<a class="btn small" href=${ctx.api.url(file.url)} download=${file.name}>${icon('down', 's')}${label}</a>`;
    const why = this.failed ? wordsOf(ctx.kit, this.failed) : null;
    return html`<button class="btn small" type="button" aria-busy=${this.busy ? 'true' : 'false'} @click=${this.press}>
        ${this.busy ? html`<span class="spin" aria-hidden="true"></span>` : icon('down', 's')}${label}
      </button>
      ${why ? html`<p class="small bad-text" role="alert">${why.title}. ${why.detail || why.fix}</p>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-file': FileButton;
  }
}
