import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { ShellPart, refused } from '../view';
import { journalTexts } from './texts';

interface Proof {
  whole: boolean;
  rows: number;
  head: { row: string; hash: string };
  problemCount: number;
  problems: { row: string; kind: string; detail: string }[];
}

/** A button that follows the journal's chain of hashes, and a dialog that says what was found. */
@customElement('lms-journal-verify')
export class JournalVerify extends ShellPart {
  @state() private proof: Proof | null = null;
  @state() private problem: unknown = null;
  @state() private busy = false;
  @query('dialog') private box!: HTMLDialogElement;

  override render(): TemplateResult {
    const words = journalTexts[this.ctx.language];
    return html`<button class="btn" type="button" aria-busy=${this.busy ? 'true' : nothing} @click=${() => void this.verify()}>
        ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.verifying}` : html`${icon('ready')}${words.verify}`}
      </button>
      <dialog aria-labelledby="found">
        <form method="dialog">
          ${this.problem ? html`<div class="dialog-body found"><h2 id="found" class="sr">${words.verify}</h2>${refused(this.ctx, this.problem)}</div>` : this.proof ? this.found(this.proof) : nothing}
          <div class="dialog-foot"><button class="btn" autofocus>${this.ctx.kit.close}</button></div>
        </form>
      </dialog>`;
  }

  private found(proof: Proof): TemplateResult {
    const words = journalTexts[this.ctx.language];
    const { locale } = this.ctx;
    return html`<div class="dialog-head">
        <span class="sign ${proof.whole ? 'good' : ''}">${icon(proof.whole ? 'okc' : 'alert')}</span>
        <div>
          <h2 id="found">${proof.whole ? words.whole : words.broken}</h2>
          <p>${proof.whole ? words.wholeText(locale.count(proof.rows, words.rows), proof.head.row) : words.brokenText(locale.count(proof.problemCount, words.problems))}</p>
        </div>
      </div>
      <div class="dialog-body">
        ${proof.whole
          ? html`<dl class="pairs"><dt>${words.hash}</dt><dd class="mono">${proof.head.hash}</dd></dl>`
          : html`<ul class="stack-s">${proof.problems.map((one) => html`<li>${words.row(one.row)}: ${words.kindsOfProblem[one.kind] ?? one.kind} <span class="faint small">${one.detail}</span></li>`)}</ul>`}
      </div>`;
  }

  private async verify(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = this.proof = null;
    try {
      this.proof = (await this.ctx.api.get<Proof>('/api/v1/journal/verify')).data;
    } catch (error) {
      this.problem = error;
    }
    this.busy = false;
    await this.updateComplete;
    this.box.showModal();
  }
}
