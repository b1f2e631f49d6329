import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { askedOf, stepsOf } from '@kit/way';
import { LazyPage } from '../lazy-page';

/**
 * «Сопоставление»: records without a counterpart at University 2035. `path`: "learners", "elements", "learners/table", "elements/table", "decided" or
 * "decided/ID"; of a list also which record is open ("learners/learner/204") and what it is narrowed to ("learners?reason=same-email").
 */
@customElement('u2035-matching')
export class U2035Matching extends LazyPage {
  protected override load(): Promise<unknown> {
    return import('./u2035-matching-views');
  }
  protected override view(): TemplateResult {
    return html`<u2035-matching-views .ctx=${this.context} .path=${stepsOf(this.path)} .asked=${askedOf(this.path)}></u2035-matching-views>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-matching': U2035Matching;
  }
}
