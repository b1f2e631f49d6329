import { nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ShellPart } from '../view';

@customElement('lms-route-edit')
export class RouteEdit extends ShellPart {
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) connection = '';
  @property({ attribute: false }) path = '';

  override render(): unknown {
    return nothing;
  }
}
