import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Page, failure, loading } from '@kit/element';

/** The wizard of one project alone, for a platform that has a list of its own. */
@customElement('u2035-wizard')
export class U2035Wizard extends Page {
  @property() project = '';
  @state() private ready = false;
  @state() private broken: unknown = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.ready) void this.loadView();
  }

  private async loadView(): Promise<void> {
    this.broken = null;
    try {
      await import('./setup/u2035-setup');
      this.ready = true;
    } catch (error) {
      this.broken = error;
    }
  }

  override render(): TemplateResult {
    return html`${this.liveRegions()}
      ${this.broken
        ? failure(this, this.broken, () => void this.loadView())
        : this.ready
          ? html`<u2035-setup .ctx=${this.context} .project=${this.project} .alone=${true}></u2035-setup>`
          : loading(this)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-wizard': U2035Wizard;
  }
}
