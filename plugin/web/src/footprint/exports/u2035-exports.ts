import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Part } from '@kit/element';

@customElement('u2035-exports')
export class U2035Exports extends Part {
  @property() path = '';
  override render(): TemplateResult {
    return html`<h1>exports</h1>`;
  }
}
