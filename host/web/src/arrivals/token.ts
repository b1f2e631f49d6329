import { copy } from '@kit/clipboard';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '../confirm';
import type { Confirm } from '../confirm';
import '../keep-old';
import type { KeepOld } from '../keep-old';
import { actorWords } from '../journal/actor';
import { note, refused } from '../view';
import { connectionPath, type Listening } from './brought';
import { ArrivalPart } from './part';

/** The token of a listening connection: made, shown once, replaced, withdrawn. Tells `token-changed`. */
@customElement('lms-listening-token')
export class ListeningToken extends ArrivalPart {
  @property({ attribute: false }) listening!: Listening;
  @state() private secret = '';
  @state() private copied = '';
  @state() private busy = false;
  @query('lms-confirm') private confirm!: Confirm;
  @query('lms-keep-old') private keepOld!: KeepOld;

  private get path(): string {
    return `${connectionPath(this.organization, this.connection)}/token`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.secret = '';
  }

  override render(): TemplateResult {
    const { words, ctx, listening, isAdministrator } = this;
    const { token } = listening;
    const { locale } = ctx;
    const why = isAdministrator ? nothing : 'token-why';
    return html`<section class="panel" aria-labelledby="token">
        <div class="panel-head"><div><h2 id="token" tabindex="-1">${words.tokenTitle}</h2><p>${words.tokenLead}</p></div></div>
        <div class="panel-body stack-s">
          ${this.problem ? refused(ctx, this.problem) : nothing}
          ${this.secret
            ? html`<div class="note ok">
                ${icon('okc')}
                <div>
                  <h3 class="note-head">${words.madeTitle}</h3>
                  <p>${words.madeOnce}</p>
                  <div class="once">
                    <code id="secret">${this.secret}</code>
                    <button class="btn" type="button" @click=${() => void this.copy()}>${icon('copy')}${words.copyToken}</button>
                  </div>
                  ${this.copied ? html`<p class="small">${this.copied}</p>` : nothing}
                </div>
              </div>`
            : nothing}
          ${token.set
            ? html`<p><code>${words.tokenSet(token.lastFour ?? '')}</code> <span class="muted">${token.madeAt ? words.tokenMade(locale.moment(token.madeAt), actorWords(ctx.language, token.madeBy ?? '')) : nothing}</span></p>
                ${token.previousUntil && new Date(token.previousUntil) > new Date() ? html`<p class="small warn-text">${words.tokenPrevious(locale.moment(token.previousUntil))}</p>` : nothing}`
            : note('key', 'warn', words.noToken, words.noTokenText)}
          <div>
            <p class="small muted">${words.tokenWays}</p>
            <ul class="ways-list">
              <li><code>Authorization: Bearer TOKEN</code></li>
              <li>${words.tokenBasic}</li>
              <li>${words.tokenHeader(listening.header)}</li>
            </ul>
          </div>
          <div class="btns">
            <button class="btn ${token.set || listening.routes.length === 0 ? '' : 'primary'}" type="button" ?disabled=${!isAdministrator} aria-describedby=${why} aria-busy=${this.busy ? 'true' : nothing} @click=${() => void this.make()}>${icon('key')}${token.set ? words.renewToken : words.makeToken}</button>
            ${token.set ? html`<button class="btn danger-quiet" type="button" ?disabled=${!isAdministrator} aria-describedby=${why} @click=${() => void this.withdraw()}>${words.withdraw}</button>` : nothing}
          </div>
          ${isAdministrator ? nothing : html`<p class="small muted" id="token-why">${words.adminOnly}</p>`}
        </div>
      </section>
      <lms-confirm .ctx=${ctx}></lms-confirm>
      <lms-keep-old .ctx=${ctx} .heading=${words.renewTitle} .text=${words.renewText} .legend=${words.renewKeep} .action=${words.renewToken}></lms-keep-old>`;
  }

  private async make(): Promise<void> {
    if (this.busy) return;
    const minutes = this.listening.token.set ? await this.keepOld.ask() : 0;
    if (minutes === null) return;
    this.busy = true;
    await this.attempt(async () => {
      const { data } = await this.ctx.api.post<{ token: string }>(this.path, { keepPreviousMinutes: minutes });
      this.secret = data.token;
      this.copied = '';
      this.ctx.say(this.words.madeTitle);
      this.changed();
    });
    this.busy = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#token')?.focus();
  }

  private async withdraw(): Promise<void> {
    const { words } = this;
    if (!(await this.confirm.ask(words.withdrawTitle, words.withdrawText, words.withdraw))) return;
    await this.attempt(async () => {
      await this.ctx.api.delete(this.path);
      this.secret = '';
      this.ctx.say(words.withdrawn);
      this.changed();
    });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#token')?.focus();
  }

  private changed(): void {
    this.dispatchEvent(new CustomEvent('token-changed'));
  }

  private async copy(): Promise<void> {
    const how = await copy(this.secret, this.renderRoot.querySelector<HTMLElement>('#secret'));
    this.copied = how === 'copied' ? this.ctx.kit.copied : this.ctx.kit.copyByHand;
    this.ctx.say(this.copied);
  }
}
