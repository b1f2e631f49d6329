/** Many at once: how many of each reason, before a person says so. Events: accepted (what was made), outdated (the list is another now), closed. */

import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiError } from '@kit/api';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import { accept } from './accept';
import matchCss from './match.css?inline';
import type { Order } from './suggest';
import { texts } from './texts';
import type { Contour, Match, What } from './types';

@customElement('u2035-accept-dialog')
export class AcceptDialog extends Part {
  static override styles = [baseStyle, unsafeCSS(matchCss)];

  @property() what: What = 'learners';
  @property() contour: Contour = 'production';
  @property({ attribute: false }) order!: Order;
  @state() private busy = false;
  @state() private wrong: unknown = null;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  private made: Match | null = null;

  protected override firstUpdated(): void {
    this.dialog.showModal();
    this.renderRoot.querySelector<HTMLElement>('#cancel')!.focus();
  }

  private get isOutdated(): boolean {
    return this.wrong instanceof ApiError && this.wrong.code === 'match.changed';
  }

  private readonly send = async (): Promise<void> => {
    if (this.busy || this.order.count === 0) return;
    this.busy = true;
    this.wrong = null;
    try {
      this.made = await accept(this.ctx, this.what, this.order.body);
      this.dialog.close();
    } catch (error) {
      this.wrong = error;
      if (this.isOutdated) this.dispatchEvent(new CustomEvent('outdated'));
    }
    this.busy = false;
  };

  private readonly closed = (): void => {
    if (this.made) this.dispatchEvent(new CustomEvent<Match>('accepted', { detail: this.made }));
    this.dispatchEvent(new CustomEvent('closed'));
  };

  override render(): TemplateResult {
    const { ctx } = this;
    const { count, reasons } = this.order;
    const { locale } = ctx;
    const words = texts[ctx.language];
    return html`<dialog class="plain" aria-labelledby="ask" aria-describedby="means" @close=${this.closed}>
      <div class="dialog">
        <div class="dialog-head">
          <span class="sign now" aria-hidden="true">${icon('check')}</span>
          <div>
            <h2 id="ask">${words.askTitle[this.what](locale, count)}</h2>
            <p id="means">${this.what === 'learners' ? words.askContour(words.contours[this.contour]) : nothing} ${words.askMeans}</p>
          </div>
        </div>
        <div class="dialog-body">
          <dl class="counts">${reasons.map((one) => html`<dt>${words.facets[one.reason]}</dt><dd>${locale.number(one.count)}</dd>`)}</dl>
          ${this.isOutdated ? html`<div class="note warn" role="alert">${icon('alert')}<p>${words.askChanged(locale, count)}</p></div>` : this.wrong ? failure(ctx, this.wrong) : nothing}
        </div>
        <div class="dialog-foot">
          <button class="btn" id="cancel" type="button" @click=${() => this.dialog.close()}>${ctx.kit.cancel}</button>
          <button class="btn primary" id="order" type="button" aria-disabled=${count === 0 ? 'true' : nothing} aria-busy=${this.busy ? 'true' : nothing} @click=${this.send}>
            ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.accepting}` : words.acceptChosen(locale, count)}
          </button>
        </div>
      </div>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-accept-dialog': AcceptDialog;
  }
}
