import { nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ShellPart } from '../view';

@customElement('lms-arrivals')
export class Arrivals extends ShellPart {
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) connection = '';

  override render(): unknown {
    return nothing;
  }
}
