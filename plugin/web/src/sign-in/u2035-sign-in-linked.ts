/** Who is linked already: to which contour, since when, and taking it back. Event: changed (how it stands now). */

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import { unlink, type Standing } from './standing';
import { texts } from './texts';

@customElement('u2035-sign-in-linked')
export class SignInLinked extends Part {
  static override styles = [
    baseStyle,
    css`
      :host { container: none; display: block; }
      .btns { margin-top: var(--u-3); }
      dialog { padding: 0; border: 0; background: none; color: inherit; width: min(520px, calc(100vw - 2rem)); max-height: calc(100dvh - 2rem); }
      dialog::backdrop { background: var(--u-scrim); }
      .dialog { width: 100%; }
    `,
  ];

  @property() link = '';
  @property({ attribute: false }) standing!: Standing;
  @state() private busy = false;
  @state() private wrong: unknown = null;
  @query('dialog') private readonly dialog!: HTMLDialogElement;

  private async take(): Promise<void> {
    this.dialog.close();
    if (this.busy) return;
    this.busy = true;
    this.wrong = null;
    try {
      const now = await unlink(this.ctx, this.link, this.standing.join!);
      this.dispatchEvent(new CustomEvent<Standing>('changed', { detail: now }));
    } catch (error) {
      this.wrong = error;
    }
    this.busy = false;
  }

  private ask(): void {
    this.dialog.showModal();
    this.renderRoot.querySelector<HTMLElement>('#cancel')!.focus();
  }

  override render(): TemplateResult {
    const { ctx, standing } = this;
    const words = texts[ctx.language].linked;
    const facts = [standing.contour === 'test' ? words.testContour : words.productionContour, standing.untiIdEnd ? words.untiId(standing.untiIdEnd) : ''].filter(Boolean);
    return html`<div class="note ok">
        ${icon('okc')}
        <div>
          <p class="note-head">${words.title}</p>
          <p>${standing.since ? words.since(ctx.locale.moment(standing.since)) : nothing} ${facts.map((one) => `${one}.`).join(' ')}</p>
          ${standing.mayUnlink
            ? html`<div class="btns">
                <button class="btn small danger-quiet" id="unlink" type="button" aria-busy=${this.busy ? 'true' : nothing} @click=${() => this.ask()}>
                  ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.busy}` : words.unlink}
                </button>
              </div>`
            : html`<p class="small">${words.mayNot}</p>`}
        </div>
      </div>
      ${this.wrong ? failure(ctx, this.wrong) : nothing}
      <dialog role="alertdialog" aria-labelledby="title" aria-describedby="means">
        <div class="dialog">
          <div class="dialog-head">
            <span class="sign">${icon('alert')}</span>
            <div><h2 id="title">${words.askTitle}</h2><div id="means"><p>${words.askMeans}</p><p>${words.askSent}</p></div></div>
          </div>
          <div class="dialog-foot">
            <button class="btn" id="cancel" type="button" @click=${() => this.dialog.close()}>${ctx.kit.cancel}</button>
            <button class="btn danger" id="yes" type="button" @click=${() => void this.take()}>${words.unlink}</button>
          </div>
        </div>
      </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sign-in-linked': SignInLinked;
  }
}
