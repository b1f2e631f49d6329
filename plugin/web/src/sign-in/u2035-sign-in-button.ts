import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError, organizationPath } from '@kit/api';
import { Part, baseStyle } from '@kit/element';
import { icon } from '@kit/icons';
import { linkOf, outcomeOf, returnOf, type Outcome } from '../sso/sign-in';
import { texts } from './texts';

export type Link = string | (() => string | Promise<string>);

/** The button, and what became of a press. Event: u2035-sign-in-opened. */
@customElement('u2035-sign-in-button')
export class SignInButton extends Part {
  static override styles = [
    baseStyle,
    css`
      :host { container: none; display: block; }
      .button { font-size: var(--u-fs-l); min-height: 2.75rem; white-space: normal; }
      .state { display: grid; gap: var(--u-2); margin-top: var(--u-3); font-size: var(--u-fs-s); color: var(--u-ink-2); }
      .note { font-size: var(--u-fs-s); }
    `,
  ];

  @property() link: Link = '';
  @property() returnTo = '';
  @property({ type: Boolean }) explain = false;
  @state() private busy = false;
  @state() private opened = false;
  /** Where the browser wouldn't open a tab by itself. */
  @state() private byHand = '';
  @state() private outcome: Outcome | null = null;
  @state() private why = '';

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('link')) {
      this.opened = false;
      this.byHand = '';
      this.outcome = null;
    }
    if (this.explain && this.ctx.organization && (['explain', 'link', 'ctx'] as PropertyKey[]).some((name) => changed.has(name))) void this.findOut();
  }

  private get isOffered(): boolean {
    return typeof this.link === 'function' || linkOf(this.link, location.href) !== '';
  }

  /** For an administrator: why a learner sees no button. */
  private async findOut(): Promise<void> {
    const words = texts[this.ctx.language].admin;
    this.why = '';
    if (this.isOffered) return;
    try {
      const { data } = await this.ctx.api.get<{ configured: boolean; lastCheck: { passed: boolean; cause: string; fix: string } | null }>(`${organizationPath(this.ctx.organization)}/u2035/sso/clients/production`);
      const failing = data.lastCheck && !data.lastCheck.passed ? ` ${words.failing} ${data.lastCheck.cause} ${data.lastCheck.fix}` : '';
      this.why = (!data.configured ? words.notSetUp : this.link === '' ? words.noLink : words.wrongLink) + failing;
    } catch (error) {
      this.why = error instanceof ApiError && error.status === 403 ? words.forbidden : this.ctx.kit.failedTitle;
    }
  }

  private readonly press = async (): Promise<void> => {
    if (this.busy) return;
    const { link } = this;
    this.outcome = null;
    this.byHand = '';
    // While the click counts as a person's: after the answer the browser would stop it.
    const tab = window.open('', '_blank');
    if (tab) tab.opener = null;
    this.busy = true;
    try {
      const address = linkOf(typeof link === 'function' ? await link() : link, location.href);
      if (!address) throw Object.assign(new Error('no link'), { code: 'failed' });
      if (tab) tab.location.replace(address);
      else this.byHand = address;
      this.opened = true;
      this.dispatchEvent(new CustomEvent('u2035-sign-in-opened', { bubbles: true, composed: true }));
    } catch (error) {
      tab?.close();
      this.outcome = outcomeOf(error);
    }
    this.busy = false;
  };

  override render(): TemplateResult | typeof nothing {
    const words = texts[this.ctx.language];
    if (!this.isOffered)
      return this.explain && this.why ? html`<div class="note">${icon('lock')}<div><p class="note-head">${words.admin.title}</p><p>${this.why}</p></div></div>` : nothing;
    const known = this.outcome === 'has-unti-id';
    return html`${known
        ? nothing
        : html`<button class="btn primary button" type="button" aria-busy=${this.busy ? 'true' : nothing} @click=${this.press}>
            ${this.busy ? html`<span class="spin" aria-hidden="true"></span>${words.busy}` : html`<span>${words.signIn}<span class="sr">, ${words.newTab}</span></span>`}
          </button>`}
      <div role="status">${this.outcome ? this.told(this.outcome) : this.opened ? this.onTheWay() : nothing}</div>`;
  }

  private told(outcome: Outcome): TemplateResult {
    const { title, fix } = texts[this.ctx.language].why[outcome];
    const known = outcome === 'has-unti-id';
    return html`<div class="state"><div class="note ${known ? 'ok' : 'bad'}">${icon(known ? 'okc' : 'excl')}<div><p class="note-head">${title}</p><p>${fix}</p></div></div></div>`;
  }

  private onTheWay(): TemplateResult {
    const words = texts[this.ctx.language];
    const back = returnOf(this.returnTo, location.href);
    return html`<div class="state">
      ${this.byHand ? html`<p>${words.blocked} <a href=${this.byHand} target="_blank" rel="noopener noreferrer">${words.open}</a></p>` : html`<p>${words.opened}</p>`}
      ${back ? html`<p><a class="btn small" href=${back}>${words.goOn}</a></p>` : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sign-in-button': SignInButton;
  }
}
