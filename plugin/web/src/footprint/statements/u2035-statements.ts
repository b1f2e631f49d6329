/** `path`: "" the list, "ID" one statement's record, "record/KIND/ID[/FLOW]", "receipts[/RUN]"; `asked`: what the list is narrowed to. */

import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Part } from '@kit/element';
import './receipts';
import './record-way';
import './statement-list';

@customElement('u2035-statements')
export class U2035Statements extends Part {
  @property() path = '';
  @property() asked = '';

  override render(): TemplateResult {
    const [first = '', second = '', third = '', fourth = ''] = this.path.split('/').map(decodeURIComponent);
    if (first === 'receipts') return html`<u2035-receipts .ctx=${this.ctx} .run=${second}></u2035-receipts>`;
    if (first === 'record') return html`<u2035-record-way .ctx=${this.ctx} .kind=${second} .record=${third} .flow=${fourth}></u2035-record-way>`;
    if (first !== '') return html`<u2035-record-way .ctx=${this.ctx} .statement=${first}></u2035-record-way>`;
    return html`<u2035-statement-list .ctx=${this.ctx} .asked=${this.asked}></u2035-statement-list>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-statements': U2035Statements;
  }
}
