/** Files that nights wrote: what to upload by hand, xAPI files, and files on their way to the storage. */

import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Views } from '../lists/list-part';
import './artifacts';
import './export';

@customElement('u2035-exports')
export class U2035Exports extends Views {
  override render(): TemplateResult {
    const [first] = this.steps;
    return first === 'artifacts'
      ? html`<u2035-artifacts .ctx=${this.ctx}></u2035-artifacts>`
      : html`<u2035-export .ctx=${this.ctx} .path=${first ?? ''}></u2035-export>`;
  }
}
