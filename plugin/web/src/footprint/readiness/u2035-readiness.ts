import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Part } from '@kit/element';

@customElement('u2035-readiness')
export class U2035Readiness extends Part {
  @property() path = '';
  override render(): TemplateResult {
    return html`<h1>readiness</h1>`;
  }
}
