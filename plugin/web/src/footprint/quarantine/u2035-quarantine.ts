import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Part } from '@kit/element';

@customElement('u2035-quarantine')
export class U2035Quarantine extends Part {
  @property() path = '';
  override render(): TemplateResult {
    return html`<h1>quarantine</h1>`;
  }
}
