import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Page } from '@kit/element';

@customElement('u2035-integrations')
export class U2035Integrations extends Page {
  override render(): TemplateResult {
    return html`${this.liveRegions()}`;
  }
}
