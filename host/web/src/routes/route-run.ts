import { nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ShellPart } from '../view';

@customElement('lms-route-run')
export class RouteRunView extends ShellPart {
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) connection = '';
  @property({ attribute: false }) route = '';
  @property({ attribute: false }) path = '';

  override render(): unknown {
    return nothing;
  }
}
