import { nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ShellPart } from '../view';

@customElement('lms-route')
export class RouteView extends ShellPart {
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) connection = '';
  @property({ attribute: false }) path = '';

  override render(): unknown {
    return nothing;
  }
}
