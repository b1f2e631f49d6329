import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError, organizationPath } from '@kit/api';
import { Part, baseStyle } from '@kit/element';
import { icon } from '@kit/icons';
import { linkOf, outcomeOf, returnOf, type Outcome } from '../sso/sign-in';
import { standingOf, troubleOf, type Standing } from './standing';
import { texts } from './texts';
import './u2035-sign-in-linked';

export type Link = string | (() => string | Promise<string>);

/** How the learner stands, the button, and what became of a press. Events: u2035-sign-in-opened, u2035-sign-in-unlinked. */
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
  /** Ask a function for the link at once, to show how the learner stands. */
  @property({ type: Boolean }) status = false;
  @state() private busy = false;
  @state() private opened = false;
  /** Where the browser wouldn't open a tab by itself. */
  @state() private byHand = '';
  @state() private outcome: Outcome | null = null;
  @state() private why = '';
  @state() private standing: Standing | null = null;
  @state() private unlinked = false;
  /** The address that the learner stands by. */
  private address = '';

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.cameBack);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.cameBack);
  }

  /** From the tab where they signed in, or went elsewhere. */
  private readonly cameBack = (): void => {
    if (document.visibilityState === 'visible' && this.opened) void this.look();
  };

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('link')) {
      this.opened = false;
      this.byHand = '';
      this.outcome = null;
      this.standing = null;
      this.unlinked = false;
      this.address = '';
    }
    if (changed.has('link') || changed.has('status')) void this.look();
    if (this.explain && this.ctx.organization && (['explain', 'link', 'ctx'] as PropertyKey[]).some((name) => changed.has(name))) void this.findOut();
  }

  private get isOffered(): boolean {
    return typeof this.link === 'function' || linkOf(this.link, location.href) !== '';
  }

  /** Where the state can't be known, the button stays as it is. */
  private async look(): Promise<void> {
    const { link } = this;
    if (typeof link === 'function' && !this.status && !this.address) return;
    try {
      const address = this.address || linkOf(typeof link === 'function' ? await link() : link, location.href);
      if (!address || this.link !== link) return;
      this.address = address;
      const standing = await standingOf(this.ctx, address);
      if (this.link === link) this.standing = standing;
    } catch (error) {
      if (this.link !== link) return;
      const outcome = troubleOf(error) ?? (typeof link === 'function' && !this.address ? outcomeOf(error) : null);
      if (outcome && outcome !== 'network' && outcome !== 'failed') this.outcome = outcome;
    }
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
      const address = this.address || linkOf(typeof link === 'function' ? await link() : link, location.href);
      if (!address) throw Object.assign(new Error('no link'), { code: 'failed' });
      if (tab) tab.location.replace(address);
      else this.byHand = address;
      this.address = address;
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
    const { standing } = this;
    if (this.unlinked) return html`<div class="note" id="unlinked" role="status" tabindex="-1">${icon('okc')}<div><p class="note-head">${words.unlinked.title}</p><p>${words.unlinked.fix}</p></div></div>`;
    if (standing?.state === 'linked') return html`<u2035-sign-in-linked .ctx=${this.ctx} .link=${this.address} .standing=${standing} @changed=${this.changed}></u2035-sign-in-linked>${this.back()}`;
    if (standing?.state === 'waiting') return html`<div class="note" role="status">${icon('clock')}<div><p class="note-head">${words.waiting.title}</p><p>${words.waiting.fix}</p></div></div>${this.back()}`;
    const known = this.outcome === 'has-unti-id' || this.outcome === 'link-dead';
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

  private readonly changed = async (event: CustomEvent<Standing>): Promise<void> => {
    this.standing = event.detail;
    this.unlinked = event.detail.state !== 'linked';
    this.dispatchEvent(new CustomEvent('u2035-sign-in-unlinked', { bubbles: true, composed: true }));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#unlinked')?.focus();
  };

  private back(): unknown {
    const words = texts[this.ctx.language];
    const back = this.opened ? returnOf(this.returnTo, location.href) : '';
    return back ? html`<p class="state"><a class="btn small" href=${back}>${words.goOn}</a></p>` : nothing;
  }

  private onTheWay(): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<div class="state">
      ${this.byHand ? html`<p>${words.blocked} <a href=${this.byHand} target="_blank" rel="noopener noreferrer">${words.open}</a></p>` : html`<p>${words.opened}</p>`}
      ${this.back()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sign-in-button': SignInButton;
  }
}
