/** Many at once: how many of each reason, before a person says so. Events: accepted (what was made), closed. */

import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import { accept } from './accept';
import matchCss from './match.css?inline';
import { bodiesOf, byReason, type Wish } from './suggest';
import { texts } from './texts';
import type { Contour, Match, What } from './types';

@customElement('u2035-accept-dialog')
export class AcceptDialog extends Part {
  static override styles = [baseStyle, unsafeCSS(matchCss)];

  @property() what: What = 'learners';
  @property() contour: Contour = 'production';
  @property({ attribute: false }) wishes: readonly Wish[] = [];
  @state() private busy = false;
  @state() private wrong: unknown = null;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  private made: Match[] = [];

  protected override firstUpdated(): void {
    this.dialog.showModal();
    this.renderRoot.querySelector<HTMLElement>('#cancel')!.focus();
  }

  private readonly order = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    this.wrong = null;
    this.made = [];
    try {
      await accept(this.ctx, this.what, this.contour, this.wishes, (match) => this.made.push(match));
      this.dialog.close();
    } catch (error) {
      this.wrong = error;
    }
    this.busy = false;
  };

  private readonly closed = (): void => {
    if (this.made.length > 0) this.dispatchEvent(new CustomEvent<Match[]>('accepted', { detail: this.made }));
    this.dispatchEvent(new CustomEvent('closed'));
  };

  override render(): TemplateResult {
    const { ctx, wishes } = this;
    const { locale } = ctx;
    const words = texts[ctx.language];
    const pieces = bodiesOf(this.what, this.contour, wishes).length;
    const done = this.made.reduce((sum, one) => sum + (one.counts.applied ?? 0), 0);
    return html`<dialog class="plain" aria-labelledby="ask" aria-describedby="means" @close=${this.closed}>
      <div class="dialog">
        <div class="dialog-head">
          <span class="sign now" aria-hidden="true">${icon('check')}</span>
          <div>
            <h2 id="ask">${words.askTitle[this.what](locale, wishes.length)}</h2>
            <p id="means">${this.what === 'learners' ? words.askContour(words.contours[this.contour]) : nothing} ${words.askMeans}</p>
          </div>
        </div>
        <div class="dialog-body">
          <dl class="counts">${byReason(wishes).map((one) => html`<dt>${one.text}</dt><dd>${locale.number(one.count)}</dd>`)}</dl>
          ${pieces > 1 ? html`<p class="small muted">${words.askPieces(locale, pieces)}</p>` : nothing}
          ${this.wrong ? failure(ctx, this.wrong) : nothing} ${this.wrong && done > 0 ? html`<p class="small">${words.partDone(locale, done)}</p>` : nothing}
        </div>
        <div class="dialog-foot">
          <button class="btn" id="cancel" type="button" @click=${() => this.dialog.close()}>${ctx.kit.cancel}</button>
          <button class="btn primary" id="order" type="button" aria-busy=${this.busy ? 'true' : nothing} @click=${this.order}>
            ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.accepting}` : words.acceptChosen(locale, wishes.length)}
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
