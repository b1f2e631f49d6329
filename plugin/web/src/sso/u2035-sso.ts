import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { askedOf, stepsOf } from '@kit/way';
import { LazyPage } from '../lazy-page';

/** «Вход через Университет 20.35». `path`: "" the settings, "joins", "joins?state=waiting", "joins/ID", "links", "links?learner=s-12". */
@customElement('u2035-sso')
export class U2035Sso extends LazyPage {
  protected override load(): Promise<unknown> {
    return import('./u2035-sso-views');
  }
  protected override view(): TemplateResult {
    return html`<u2035-sso-views .ctx=${this.context} .path=${stepsOf(this.path)} .asked=${askedOf(this.path)}></u2035-sso-views>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sso': U2035Sso;
  }
}
