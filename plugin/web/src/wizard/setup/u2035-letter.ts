import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { newKey } from '@kit/api';
import { copy, save } from '@kit/clipboard';
import { Part, baseStyle, failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { integrationPath } from '../client';
import type { Letter } from '../model';
import wizardCss from '../wizard.css?inline';
import { gapsIn, subjectGap } from './letter-text';
import { texts, type SetupTexts } from './texts';
import './u2035-missing';

interface Sent {
  to: string;
  from: string;
  at: string;
}

/** A letter to University 2035: shown, completed, copied, downloaded, sent. Events: letter-copied, letter-sent. */
@customElement('u2035-letter')
export class U2035Letter extends Part {
  static override styles = [baseStyle, unsafeCSS(wizardCss)];

  @property() project = '';
  @property() kind = '';
  @property() check = '';
  /** What the letter is to say besides (Leader ID, …): another object asks for it anew. */
  @property({ attribute: false }) extras: Readonly<Record<string, string>> = {};
  @property() label = '';
  @property({ type: Boolean }) primary = false;

  @state() private letter: Letter | null = null;
  @state() private broken: unknown = null;
  @state() private problem: unknown = null;
  @state() private copied: '' | 'copied' | 'selected' = '';
  @state() private sending = false;
  @state() private sent: Sent | null = null;

  private get words(): SetupTexts {
    return texts[this.ctx.language];
  }
  private get asked(): Record<string, string> {
    return { ...this.extras, check: this.check };
  }
  private get path(): string {
    return `${integrationPath(this.ctx.organization, this.project)}/letters/${this.kind}`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('kind') || changed.has('check') || changed.has('project')) {
      this.letter = null;
      this.copied = '';
      this.sent = null;
    }
    if (changed.has('kind') || changed.has('check') || changed.has('project') || changed.has('extras') || changed.has('ctx')) void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.letter = (await this.ctx.api.get<Letter>(this.path, { query: this.asked })).data;
      this.broken = null;
    } catch (error) {
      this.broken = error;
    }
  }

  private async copyTemplate(): Promise<void> {
    this.copied = await copy(this.letter!.body, this.renderRoot.querySelector<HTMLElement>('.letter-body'));
    this.ctx.say(this.copied === 'copied' ? this.words.templateCopied : this.words.selected);
    this.dispatchEvent(new CustomEvent('letter-copied'));
  }

  private async copyPart(event: Event, text: string): Promise<void> {
    const shown = (event.currentTarget as HTMLElement).closest('dd')!.querySelector<HTMLElement>('span');
    this.ctx.say((await copy(text, shown)) === 'copied' ? `${this.ctx.kit.copied}: ${text}` : this.words.selected);
  }

  private async download(): Promise<void> {
    this.problem = null;
    try {
      const file = await this.ctx.api.download(this.path, { accept: 'message/rfc822', query: this.asked });
      save(file.blob, file.name);
      this.dispatchEvent(new CustomEvent('letter-copied'));
    } catch (error) {
      this.problem = error;
    }
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    this.problem = null;
    try {
      this.sent = (await this.ctx.api.post<Sent>(`${this.path}/send`, {}, { idempotencyKey: newKey(), query: this.asked })).data;
      this.ctx.say(this.words.sent);
      this.dispatchEvent(new CustomEvent('letter-sent'));
    } catch (error) {
      this.problem = error;
    } finally {
      this.sending = false;
    }
  }

  override render(): TemplateResult {
    if (this.broken) return failure(this.ctx, this.broken, () => void this.load());
    if (!this.letter) return loading(this.ctx);
    const { ctx, words, letter } = this;
    return html`<div class="stack">
      ${letter.missing.length
        ? html`<u2035-missing .ctx=${ctx} .missing=${letter.missing} .told=${this.kind === 'test-access'} @filled=${() => void this.load()}></u2035-missing>`
        : nothing}
      <article class="letter" aria-label=${this.label || words.letterLabel}>
        <dl>
          ${this.line(words.to, letter.to, words.copyTo)}
          ${this.line(words.subject, letter.subject, words.copySubject, subjectGap(letter))}
        </dl>
        <div class="letter-body" tabindex="0" aria-label=${this.label || words.letterLabel} role="group">
          ${gapsIn(letter, this.kind).map((line, i) => html`${i ? html`<br />` : nothing}${line.text}${line.gap ? html`<span class="gap">${words.gap}</span>` : nothing}`)}
        </div>
      </article>
      <div class="btns acts">
        <button class=${this.primary ? 'btn primary' : 'btn'} type="button" @click=${() => void this.copyTemplate()}>${icon('copy')}${words.copyTemplate}</button>
        <button class="btn" type="button" @click=${() => void this.download()}>${icon('down')}${words.downloadEml}</button>
        ${this.sendButton()}
      </div>
      ${this.outcome()}
    </div>`;
  }

  private line(title: string, text: string, label: string, gap = false): TemplateResult {
    return html`<dt>${title}</dt>
      <dd>
        <span>${text}${gap ? html`<span class="gap">${this.words.gap}</span>` : nothing}</span>
        <button class="btn quiet icon small" type="button" aria-label=${label} title=${label} @click=${(event: Event) => void this.copyPart(event, text)}>${icon('copy', 's')}</button>
      </dd>`;
  }

  private sendButton(): TemplateResult | typeof nothing {
    const { letter, words } = this;
    // A server that doesn't know of sending says nothing of it.
    if (letter?.canSend === undefined) return nothing;
    return html`<button class="btn" type="button" ?disabled=${!letter.canSend} aria-busy=${this.sending ? 'true' : nothing} aria-describedby="send-how" @click=${() => void this.send()}>
        ${this.sending ? html`<span class="spin" aria-hidden="true"></span>${words.sending}` : html`${icon('mail')}${words.send}`}
      </button>
      ${letter.canSend ? nothing : html`<p class="small muted grow" id="send-how">${words.cannotSend(letter.cannotSend ?? '')}</p>`}`;
  }

  private outcome(): TemplateResult | typeof nothing {
    const { ctx, words, letter } = this;
    if (this.problem) return failure(ctx, this.problem);
    if (this.sent)
      return html`<div class="note ok">${icon('okc')}<div><h3>${words.sent}</h3><p>${words.sentText(this.sent.from, this.sent.to, ctx.locale.moment(this.sent.at))}</p></div></div>`;
    if (this.copied === 'copied')
      return html`<div class="note ok">${icon('check')}<div><h3>${words.templateCopied}</h3><p>${words.copiedNext}</p>${letter?.from ? html`<p>${words.fromWhom(letter.from)}</p>` : nothing}</div></div>`;
    if (this.copied === 'selected') return html`<div class="note now">${icon('copy')}<p>${words.selected}</p></div>`;
    return letter?.from ? html`<p class="small muted">${words.fromWhom(letter.from)}</p>` : nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-letter': U2035Letter;
  }
}
