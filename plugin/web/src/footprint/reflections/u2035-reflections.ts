/** Reflections that look wrong: the queue, and one with the text it resembles. */

import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Views } from '../lists/list-part';
import './list';
import './reflection';

@customElement('u2035-reflections')
export class U2035Reflections extends Views {
  override render(): TemplateResult {
    const [id] = this.steps;
    return id
      ? html`<u2035-reflection .ctx=${this.ctx} .path=${id}></u2035-reflection>`
      : html`<u2035-reflection-list .ctx=${this.ctx}></u2035-reflection-list>`;
  }
}
