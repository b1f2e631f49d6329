import { nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ShellPart } from '../view';

@customElement('lms-xapi-source')
export class XapiSourceView extends ShellPart {
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) path = '';

  override render(): unknown {
    return nothing;
  }
}
