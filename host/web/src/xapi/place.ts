import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ShellPart } from '../view';
import './sources';
import './source';
import './source-edit';

/** Which view an address below /org/{org}/xapi is of: "", "new", "{source}", "{source}/edit". */
@customElement('lms-xapi-place')
export class XapiPlace extends ShellPart {
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) path = '';

  override render(): TemplateResult {
    const { ctx, organization } = this;
    const [source = '', part = ''] = (this.path.split('?')[0] ?? '').split('/');
    if (!source) return html`<lms-xapi-sources .ctx=${ctx} .organization=${organization}></lms-xapi-sources>`;
    if (source === 'new' || part === 'edit')
      return html`<lms-xapi-source-edit .ctx=${ctx} .organization=${organization} .path=${part === 'edit' ? source : ''}></lms-xapi-source-edit>`;
    return html`<lms-xapi-source .ctx=${ctx} .organization=${organization} .path=${source}></lms-xapi-source>`;
  }
}
