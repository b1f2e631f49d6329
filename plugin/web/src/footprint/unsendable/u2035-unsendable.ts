/** What can't go and why, decisions on what changed after it was sent, and lists of unti_ids. */

import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Views } from '../lists/list-part';
import './decisions';
import './groups';
import './list';
import './unti-file';
import './unti-import';

@customElement('u2035-unsendable')
export class U2035Unsendable extends Views {
  @property() asked = '';

  override render(): TemplateResult {
    const [first, second] = this.steps;
    if (first === 'unti-ids')
      return second
        ? html`<u2035-unti-import .ctx=${this.ctx} .path=${second}></u2035-unti-import>`
        : html`<u2035-unti-file .ctx=${this.ctx}></u2035-unti-file>`;
    if (first === 'corrections') return html`<u2035-decisions .ctx=${this.ctx}></u2035-decisions>`;
    return first
      ? html`<u2035-unsendable-list .ctx=${this.ctx} .path=${this.path} .asked=${this.asked}></u2035-unsendable-list>`
      : html`<u2035-unsendable-groups .ctx=${this.ctx}></u2035-unsendable-groups>`;
  }
}
