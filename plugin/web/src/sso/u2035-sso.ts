import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Page, failure, loading } from '@kit/element';
import { askedOf, stepsOf } from '@kit/way';

/** «Вход через Университет 20.35». `path`: "" the settings, "joins", "joins?state=waiting", "joins/ID", "links". */
@customElement('u2035-sso')
export class U2035Sso extends Page {
  @state() private ready = false;
  @state() private broken: unknown = null;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!this.ready && !this.broken) void this.loadViews();
  }

  private async loadViews(): Promise<void> {
    try {
      await import('./u2035-sso-views');
      this.ready = true;
    } catch (error) {
      this.broken = error;
    }
  }

  override render(): TemplateResult {
    return html`${this.liveRegions()}
      ${this.broken
        ? failure(this.context, this.broken, () => (this.broken = null))
        : this.ready
          ? html`<u2035-sso-views .ctx=${this.context} .path=${stepsOf(this.path)} .asked=${askedOf(this.path)}></u2035-sso-views>`
          : loading(this.context)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sso': U2035Sso;
  }
}
