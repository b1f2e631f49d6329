/** What becomes of what was sent: kept, or cancelled with a scan of the official letter. */

import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { newKey, organizationPath } from '@kit/api';
import { baseStyle, wordsOf, Part } from '@kit/element';
import { icon } from '@kit/icons';
import { listStyle } from '../lists/list-part';
import { decisionBody, type UnsendableFilter } from './reasons';
import { texts } from './texts';

@customElement('u2035-decide')
export class DecideDialog extends Part {
  static override styles = [baseStyle, listStyle];

  @state() private decision: 'keep' | 'cancel' = 'keep';
  @state() private count: number | null = null;
  @state() private faults: { comment?: string; letter?: string } = {};
  @state() private busy = false;
  @state() private failed: unknown = null;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  @query('textarea') private readonly comment!: HTMLTextAreaElement;
  @query('input[type="file"]') private readonly file!: HTMLInputElement | null;
  private chosen: readonly string[] = [];
  private filter!: UnsendableFilter;

  async open(decision: 'keep' | 'cancel', chosen: readonly string[], filter: UnsendableFilter, count: number | null): Promise<void> {
    this.decision = decision;
    this.chosen = chosen;
    this.filter = filter;
    this.count = count;
    this.faults = {};
    this.failed = null;
    await this.updateComplete;
    this.comment.value = '';
    if (this.file) this.file.value = '';
    this.dialog.showModal();
    (decision === 'cancel' ? this.file : this.comment)?.focus();
  }

  private async decide(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const { ctx } = this;
    const words = texts[ctx.language];
    const comment = this.comment.value.trim();
    const scan = this.file?.files?.[0];
    this.faults = {
      ...(comment ? {} : { comment: words.commentMissing }),
      ...(this.decision === 'cancel' && !scan ? { letter: words.letterMissing } : {}),
    };
    if (this.faults.letter) return this.file?.focus();
    if (this.faults.comment) return this.comment.focus();
    this.busy = true;
    this.failed = null;
    try {
      const root = organizationPath(ctx.organization);
      let letter: string | undefined;
      if (scan && this.decision === 'cancel') {
        const query = new URLSearchParams({ source: 'u2035', externalId: `letter-${newKey()}`, name: scan.name });
        letter = (await ctx.api.post<{ id: string }>(`${root}/records/files?${query}`, new Blob([scan], { type: 'application/octet-stream' }))).data.id;
      }
      const body = decisionBody({ decision: this.decision, comment, ...(letter ? { letter } : {}) }, this.chosen, this.filter);
      const { decided } = (await ctx.api.post<{ decided: number }>(`${root}/u2035/corrections`, body)).data;
      this.dialog.close();
      ctx.say(words.decided(ctx.locale, decided));
      this.dispatchEvent(new CustomEvent('decided'));
    } catch (error) {
      this.failed = error;
    }
    this.busy = false;
  }

  override render(): TemplateResult {
    const { ctx } = this;
    const words = texts[ctx.language];
    const cancel = this.decision === 'cancel';
    const why = this.failed ? wordsOf(ctx.kit, this.failed) : null;
    return html`<dialog aria-labelledby="title" aria-describedby="means">
      <form class="dialog" novalidate @submit=${this.decide}>
        <div class="dialog-head">
          <span class="sign ${cancel ? '' : 'now'}">${icon(cancel ? 'alert' : 'okc')}</span>
          <div>
            <h2 id="title">${cancel ? words.cancelTitle(ctx.locale, this.count) : words.keepTitle(ctx.locale, this.count)}</h2>
            <p id="means">${cancel ? words.cancelMeans : words.keepMeans}</p>
          </div>
        </div>
        <div class="dialog-body">
          <div class="field" ?hidden=${!cancel}>
            <label for="letter">${words.letter}</label>
            <input class="input" id="letter" type="file" accept=".pdf,image/*" aria-invalid=${this.faults.letter ? 'true' : 'false'} aria-describedby="letter-says" />
            <p class=${this.faults.letter ? 'small bad-text' : 'hint'} id="letter-says">${this.faults.letter ?? words.letterHint}</p>
          </div>
          <div class="field">
            <label for="why">${words.comment} <span class="faint light">${words.commentHint}</span></label>
            <textarea class="input" id="why" rows="3" maxlength="2000" aria-invalid=${this.faults.comment ? 'true' : 'false'} aria-describedby=${this.faults.comment ? 'why-says' : nothing}></textarea>
            ${this.faults.comment ? html`<p class="small bad-text" id="why-says" role="alert">${this.faults.comment}</p>` : nothing}
          </div>
          ${why ? html`<div class="note bad" role="alert">${icon('excl')}<div><h3>${why.title}</h3><p>${why.detail || why.fix}</p></div></div>` : nothing}
        </div>
        <div class="dialog-foot">
          <button class="btn" type="button" @click=${() => this.dialog.close()}>${ctx.kit.cancel}</button>
          <button class="btn ${cancel ? 'danger' : 'primary'}" type="submit" aria-busy=${this.busy ? 'true' : 'false'}>
            ${this.busy ? html`<span class="spin" aria-hidden="true"></span>` : nothing}${cancel ? words.doCancel : words.doKeep}
          </button>
        </div>
      </form>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-decide': DecideDialog;
  }
}
