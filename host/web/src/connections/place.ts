import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { askedOf, stepsOf } from '@kit/way';
import { withQuery } from '../route';
import { ShellPart } from '../view';
import './connections';
import './connection';
import './connection-edit';
import './connection-log';
import './source-set';
import '../routes/route';
import '../routes/route-edit';
import '../routes/route-run';

/**
 * Which view an address below /org/{org}/connections is of: "", "new?kind=…&set=…", "{connection}", "{connection}/edit",
 * "{connection}/set?set=…", "{connection}/log", "{connection}/routes/new", "{connection}/routes/{route}", "…/{route}/edit",
 * "…/{route}/runs/{run}".
 */
@customElement('lms-connections-place')
export class ConnectionsPlace extends ShellPart {
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) path = '';

  override render(): TemplateResult {
    const { ctx, organization } = this;
    const asked = askedOf(this.path);
    const [connection = '', part = '', route = '', below = '', run = ''] = stepsOf(this.path).split('/');
    if (!connection) return html`<lms-connections .ctx=${ctx} .organization=${organization}></lms-connections>`;
    if (connection === 'new' || part === 'edit')
      return html`<lms-connection-edit .ctx=${ctx} .organization=${organization} .path=${part === 'edit' ? connection : withQuery('new', asked)}></lms-connection-edit>`;
    if (part === 'set') return html`<lms-source-set .ctx=${ctx} .organization=${organization} .path=${withQuery(connection, asked)}></lms-source-set>`;
    if (part === 'log') return html`<lms-connection-log .ctx=${ctx} .organization=${organization} .path=${connection}></lms-connection-log>`;
    if (part === 'routes' && (route === 'new' || below === 'edit'))
      return html`<lms-route-edit .ctx=${ctx} .organization=${organization} .connection=${connection} .path=${below === 'edit' ? route : ''}></lms-route-edit>`;
    if (part === 'routes' && below === 'runs')
      return html`<lms-route-run .ctx=${ctx} .organization=${organization} .connection=${connection} .route=${route} .path=${run}></lms-route-run>`;
    if (part === 'routes' && route) return html`<lms-route .ctx=${ctx} .organization=${organization} .connection=${connection} .path=${route}></lms-route>`;
    return html`<lms-connection .ctx=${ctx} .organization=${organization} .path=${connection}></lms-connection>`;
  }

  protected override updated(changed: PropertyValues): void {
    // The shell sees one view here: another one begins at its top and its title. The first the shell begins itself.
    const before = changed.get('path') as string | undefined;
    if (changed.has('path') && before !== undefined && this.hasBegun && stepsOf(before) !== stepsOf(this.path)) void this.atTop();
    this.hasBegun = true;
  }
  private hasBegun = false;

  private async atTop(): Promise<void> {
    window.scrollTo(0, 0);
    const view = this.renderRoot.firstElementChild as ShellPart | null;
    await view?.updateComplete;
    view?.renderRoot.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }
}
