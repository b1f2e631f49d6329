import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Page } from '@kit/element';
import type { Link } from './u2035-sign-in-button';

/**
 * The learner's button «Войти через Университет 20.35». The platform gives the learner's personal link, which its own server asks for
 * (POST …/u2035/sso/links): `link`, the address or a function that fetches it when the button is pressed. Without one nothing is
 * shown; `explain` shows an administrator why. `return`: a page of the platform to go on to afterwards. Who is linked already sees since
 * when, and may unlink where the link was made with `unlink`; `status` asks a function for the link at once to know it.
 * Events `u2035-sign-in-opened`: the sign-in was opened; `u2035-sign-in-unlinked`: the learner took it back.
 */
@customElement('u2035-sign-in')
export class U2035SignIn extends Page {
  static override styles = [css`:host { display: block; } :host([hidden]) { display: none; }`];

  @property() link: Link = '';
  @property({ attribute: 'return' }) returnTo = '';
  @property({ type: Boolean }) explain = false;
  @property({ type: Boolean }) status = false;
  @state() private ready = false;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!this.ready && (this.link !== '' || this.explain)) void import('./u2035-sign-in-button').then(() => (this.ready = true));
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.ready) return nothing;
    return html`<u2035-sign-in-button .ctx=${this.context} .link=${this.link} .returnTo=${this.returnTo} .explain=${this.explain} .status=${this.status}></u2035-sign-in-button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sign-in': U2035SignIn;
  }
}
