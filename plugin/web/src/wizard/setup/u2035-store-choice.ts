import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError } from '@kit/api';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import type { EarlierStore, StoreQuestion, StoreWord } from '../model';
import wizardCss from '../wizard.css?inline';
import { texts, type SetupTexts } from './texts';

/** The server's choice as it is to be answered; a word against the LRS's own answer goes with a confirmation. */
export function wordOf(question: StoreQuestion, chosen: string, sure: boolean): StoreWord | null {
  const confirm = sure ? { confirm: true } : {};
  if (chosen === 'other') return { sameStore: false, expected: question.dueAgain, ...confirm };
  if (!question.choices.some((one) => one.sameStore && one.store === chosen)) return null;
  return { sameStore: true, store: chosen, ...confirm };
}

/** Same store or another: asked before anything is sent, counts first. Events: chosen (StoreWord), closed. */
@customElement('u2035-store-choice')
export class U2035StoreChoice extends Part {
  static override styles = [baseStyle, unsafeCSS(wizardCss)];

  @property({ attribute: false }) question!: StoreQuestion;
  @property({ attribute: false }) problem: unknown = null;
  @property() details = '';
  @state() private chosen = '';
  @state() private sure = false;
  @state() private waiting = false;

  private get words(): SetupTexts {
    return texts[this.ctx.language];
  }
  private get code(): string {
    return this.problem instanceof ApiError ? this.problem.code : '';
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')!.showModal();
  }
  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('problem') || changed.has('question')) this.waiting = false;
  }

  private choose(value: string): void {
    this.chosen = value;
    // It was said of the other choice.
    this.sure = false;
  }

  private confirm(): void {
    const word = wordOf(this.question, this.chosen, this.sure);
    if (!word || this.waiting) return;
    this.waiting = true;
    this.dispatchEvent(new CustomEvent<StoreWord>('chosen', { detail: word }));
  }
  private close(): void {
    this.renderRoot.querySelector('dialog')!.close();
  }

  override render(): TemplateResult {
    const { ctx, words, question } = this;
    const stores = question.earlierStores.filter((one) => question.choices.some((choice) => choice.sameStore && choice.store === one.id));
    const needsSure = this.code === 'integration.store-evidence';
    return html`<dialog class="dialog" aria-labelledby="store-title" aria-describedby="store-lead" @close=${() => this.dispatchEvent(new CustomEvent('closed'))}>
      <div class="dialog-head plain-head"><h2 id="store-title">${words.storeTitle}</h2><p id="store-lead">${words.storeLead}</p></div>
      <div class="dialog-body" role="radiogroup" aria-labelledby="store-title">
        ${stores.map((store) => this.option(store.id, words.storeSame, html`${words.storeSameText} ${this.storeFacts(store)}`))}
        ${this.option('other', words.storeOther, html`${words.storeOtherText(ctx.locale.count(question.dueAgain, words.storeStatements))}`)}
        ${this.code === 'integration.confirm-counts'
          ? html`<div class="note warn" role="alert">${icon('alert')}<p>${words.storeCountsChanged}</p></div>`
          : needsSure
            ? html`<div class="note warn" role="alert">${icon('alert')}
                <div class="stack-s"><p>${this.details}</p>
                  <label class="choice"><input type="checkbox" .checked=${this.sure} @change=${(event: Event) => (this.sure = (event.target as HTMLInputElement).checked)} /><span>${words.storeSure}</span></label>
                </div></div>`
            : this.problem
              ? failure(ctx, this.problem)
              : nothing}
      </div>
      <div class="dialog-foot">
        <button class="btn" type="button" @click=${() => this.close()}>${ctx.kit.cancel}</button>
        <button class="btn primary" type="button" ?disabled=${!this.chosen || (needsSure && !this.sure)} aria-busy=${this.waiting ? 'true' : nothing} @click=${() => this.confirm()}>
          ${this.waiting ? html`<span class="spin" aria-hidden="true"></span>${words.storeConfirming}` : words.storeConfirm}
        </button>
      </div>
    </dialog>`;
  }

  private option(value: string, title: string, text: TemplateResult): TemplateResult {
    return html`<label class="choice boxed">
      <input type="radio" name="store" value=${value} .checked=${this.chosen === value} @change=${() => this.choose(value)} />
      <span><b>${title}</b><small>${text}</small></span>
    </label>`;
  }

  private storeFacts(store: EarlierStore): TemplateResult {
    const { ctx, words } = this;
    const { counts, evidence } = store;
    const day = (time: string | null) => (time ? ctx.locale.day(time) : words.storeStillOpen);
    return html`<span class="mono">${store.endpoint}</span>,
      ${words.storeUsed(day(store.createdAt), day(store.closedAt))}; ${words.storeCounts(ctx.locale.number(counts.accepted), ctx.locale.number(counts.confirmed))}.
      ${evidence === null
        ? words.storeUnread
        : evidence.found > 0
          ? words.storeFound(ctx.locale.number(evidence.found), ctx.locale.number(evidence.asked))
          : evidence.missing === evidence.asked
            ? words.storeNotFound(ctx.locale.number(evidence.asked))
            : words.storeUnread}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-store-choice': U2035StoreChoice;
  }
}
