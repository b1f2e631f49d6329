/** Asks once more before many records are decided about, with their number; for a refusal it takes the comment. */

import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import { orderOf, saysSomething, sizeOf, type Choice } from './choice';
import { decide, type Action } from './decide';
import type { Filter, Verdicts } from './model';
import quarantineCss from './quarantine.css?inline';
import { texts } from './texts';

/** Events: `decided` {action, verdicts}; `changed` when the list is another than was seen; `closed`. */
@customElement('u2035-decision-dialog')
export class DecisionDialog extends Part {
  static override styles = [baseStyle, unsafeCSS(quarantineCss)];

  @property() action: Action = 'replay';
  @property({ attribute: false }) choice!: Choice;
  @property({ attribute: false }) filter!: Filter;
  /** The filter in words, when everything that fits it is chosen. */
  @property() filterWords = '';
  @state() private comment = '';
  @state() private tried = false;
  @state() private busy = false;
  @state() private dependents = '';
  @state() private error: unknown = null;
  @query('dialog') private dialog!: HTMLDialogElement;

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    const n = sizeOf(this.choice);
    const needsComment = this.action === 'discard';
    const short = this.tried && needsComment && !saysSomething(this.comment);
    return html`<dialog class="dialog" aria-labelledby="ask" @close=${() => this.dispatchEvent(new CustomEvent('closed'))}>
      <div class="dialog-head">
        ${this.action === 'discard' ? html`<span class="sign" aria-hidden="true">${icon('excl')}</span>` : html`<span class="sign calm" aria-hidden="true">${icon('refresh')}</span>`}
        <div>
          <h2 id="ask">${t.ask[this.action](n, this.ctx.locale)}</h2>
          <p>${t.askWords[this.action]}</p>
          ${this.choice.kind === 'all' ? html`<p>${t.askAll(this.filterWords)}</p>` : nothing}
        </div>
      </div>
      <div class="dialog-body">
        ${needsComment
          ? html`<div class="field">
              <label for="comment">${t.comment} <span class="faint plain">${t.commentNeed}</span></label>
              <textarea class="input" id="comment" rows="3" maxlength="1000" placeholder=${t.commentPlaceholder} aria-invalid=${short ? 'true' : nothing} aria-describedby=${short ? 'short' : nothing} .value=${this.comment} @input=${(event: Event) => (this.comment = (event.target as HTMLTextAreaElement).value)}></textarea>
              ${short ? html`<p class="bad-text small" id="short" role="alert">${t.commentShort}</p>` : nothing}
            </div>`
          : nothing}
        ${this.dependents
          ? html`<div class="note warn" role="alert">${icon('alert')}<div><h3>${t.dependentsTitle}</h3><p>${this.dependents}</p></div></div>`
          : nothing}
        ${this.error ? failure(this.ctx, this.error) : nothing}
      </div>
      <div class="dialog-foot">
        <button class="btn" type="button" autofocus @click=${() => this.dialog.close()}>${t.cancel}</button>
        <button class="btn ${this.action === 'discard' ? 'danger' : 'primary'}" type="button" aria-busy=${this.busy ? 'true' : nothing} @click=${this.order}>
          ${this.dependents ? t.dependentsAnyway : t[this.action]}
        </button>
      </div>
    </dialog>`;
  }

  private readonly order = async (): Promise<void> => {
    this.tried = true;
    if (this.busy) return;
    if (this.action === 'discard' && !saysSomething(this.comment)) {
      this.renderRoot.querySelector('textarea')?.focus();
      return;
    }
    this.busy = true;
    this.error = null;
    try {
      const answer = await decide(this.ctx, this.action, orderOf(this.choice, this.filter), {
        comment: this.comment.trim(),
        dependents: this.dependents !== '',
      });
      if (answer.kind === 'dependents') this.dependents = answer.detail;
      else {
        this.dispatchEvent(
          answer.kind === 'done'
            ? new CustomEvent<{ action: Action; verdicts: Verdicts }>('decided', { detail: { action: this.action, verdicts: answer.verdicts } })
            : new CustomEvent('changed', { detail: answer.detail }),
        );
        this.dialog.close();
      }
    } catch (error) {
      this.error = error;
    }
    this.busy = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-decision-dialog': DecisionDialog;
  }
}
