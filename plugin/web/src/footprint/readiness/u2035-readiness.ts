/** Will University 2035 accept the learners: flows, a flow's learners, one learner. */

import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Views } from '../lists/list-part';
import './flow-learners';
import './flows';
import './learner';

@customElement('u2035-readiness')
export class Readiness extends Views {
  @property() asked = '';

  override render(): TemplateResult {
    const [flow, learner] = this.steps;
    if (!flow) return html`<u2035-readiness-flows .ctx=${this.ctx}></u2035-readiness-flows>`;
    if (!learner) return html`<u2035-readiness-learners .ctx=${this.ctx} .path=${flow} .asked=${this.asked}></u2035-readiness-learners>`;
    return html`<u2035-readiness-learner .ctx=${this.ctx} .path=${`${flow}/${learner}`}></u2035-readiness-learner>`;
  }
}
