/** A trial sign-in and how the last one ended. Event `look`: the outcome may be there. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { organizationPath } from '@kit/api';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import ssoCss from './sso.css?inline';
import { linkOf } from './sign-in';
import { texts } from './texts';
import type { Client, Trial } from './types';

@customElement('u2035-sso-trial')
export class SsoTrial extends Part {
  static override styles = [baseStyle, unsafeCSS(ssoCss)];

  @property({ attribute: false }) client!: Client;
  @state() private trial: Trial | null = null;
  @state() private busy = false;
  @state() private wrong: unknown = null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.back);
    window.addEventListener('focus', this.back);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.back);
    window.removeEventListener('focus', this.back);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const was = changed.get('client') as Client | undefined;
    // The trial has ended: its link serves no more.
    if (was && was.lastCheck?.at !== this.client.lastCheck?.at) this.trial = null;
  }

  private readonly back = (): void => {
    if (this.trial && document.visibilityState === 'visible') this.look();
  };
  private readonly look = (): void => {
    this.dispatchEvent(new CustomEvent('look'));
  };

  private readonly begin = async (): Promise<void> => {
    const words = texts[this.ctx.language];
    if (this.busy) return;
    if (!this.client.configured) {
      this.ctx.say(words.checkFirst, true);
      return;
    }
    this.busy = true;
    this.wrong = null;
    try {
      this.trial = (await this.ctx.api.post<Trial>(`${organizationPath(this.ctx.organization)}/u2035/sso/clients/${this.client.contour}/check`, {})).data;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('#open-trial')?.focus();
    } catch (error) {
      this.wrong = error;
    }
    this.busy = false;
  };

  override render(): TemplateResult {
    const { ctx, client, trial } = this;
    const words = texts[ctx.language];
    const link = linkOf(trial?.url, location.href);
    return html`<div class="form">
      <div><h3>${words.check}</h3><p class="small muted">${words.checkLead}</p></div>
      ${client.lastCheck ? this.outcome(client.lastCheck) : nothing} ${this.wrong ? failure(ctx, this.wrong) : nothing}
      <div class="btns">
        ${trial && link
          ? html`<a class="btn" id="open-trial" href=${link} target="_blank" rel="noopener noreferrer">${icon('external')}${words.openTrial}</a>
              <button class="btn quiet" type="button" @click=${this.look}>${icon('refresh')}${words.checkAgain}</button>
              <span class="grow small muted">${words.trialUntil(ctx.locale.time(trial.expiresAt))}</span>`
          : html`<button class="btn" id="trial" type="button" aria-disabled=${client.configured ? nothing : 'true'} aria-busy=${this.busy ? 'true' : nothing} aria-describedby=${client.configured ? nothing : 'trial-why'} @click=${this.begin}>
                ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.making}` : html`${icon('key')}${words.makeTrial}`}
              </button>
              ${client.configured ? nothing : html`<span class="grow small muted" id="trial-why">${words.checkFirst}</span>`}`}
      </div>
    </div>`;
  }

  private outcome(last: NonNullable<Client['lastCheck']>): TemplateResult {
    const { ctx } = this;
    const words = texts[ctx.language];
    const when = ctx.locale.moment(last.at);
    if (last.passed) return html`<div class="note ok" role="status">${icon('okc')}<p>${words.checkPassed(when)}</p></div>`;
    return html`<div class="note bad" role="alert">
      ${icon('excl')}
      <div>
        <p class="note-head">${words.checkFailed(when)}</p>
        <p>${last.cause}</p>
        <p>${last.fix}</p>
        <p class="caption">${words.code}: <code>${last.code}</code></p>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sso-trial': SsoTrial;
  }
}
