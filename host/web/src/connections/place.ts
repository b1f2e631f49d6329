import { failure, loading } from '@kit/element';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ShellPart } from '../view';
import './connections';
import './connection';
import './connection-edit';
import './connection-log';

/**
 * Which view an address below /org/{org}/connections is of: "", "new", "{connection}", "{connection}/edit", "{connection}/log",
 * "{connection}/routes/new", "{connection}/routes/{route}", "…/{route}/edit", "…/{route}/runs/{run}".
 */
@customElement('lms-connections-place')
export class ConnectionsPlace extends ShellPart {
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) path = '';

  /** Of the pages of routes: an editor that the list of connections needs nothing of comes when it is asked for. */
  @state() private routes: 'none' | 'loading' | 'ready' | 'failed' = 'none';

  private get steps(): string[] {
    return (this.path.split('?')[0] ?? '').split('/');
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.steps[1] === 'routes' && this.routes === 'none') void this.fetchRoutes();
  }
  private async fetchRoutes(): Promise<void> {
    this.routes = 'loading';
    this.routes = await import('../routes/parts').then(
      () => 'ready' as const,
      () => 'failed' as const,
    );
  }

  override render(): TemplateResult | typeof nothing {
    const { ctx, organization } = this;
    const [connection = '', part = '', route = '', below = '', run = ''] = this.steps;
    if (!connection) return html`<lms-connections .ctx=${ctx} .organization=${organization}></lms-connections>`;
    if (connection === 'new' || part === 'edit')
      return html`<lms-connection-edit .ctx=${ctx} .organization=${organization} .path=${part === 'edit' ? connection : ''}></lms-connection-edit>`;
    if (part === 'log') return html`<lms-connection-log .ctx=${ctx} .organization=${organization} .path=${connection}></lms-connection-log>`;
    if (part === 'routes' && this.routes === 'failed') return html`${failure(ctx, new Error(''), () => void this.fetchRoutes())}`;
    if (part === 'routes' && this.routes !== 'ready') return loading(ctx);
    if (part === 'routes' && (route === 'new' || below === 'edit'))
      return html`<lms-route-edit .ctx=${ctx} .organization=${organization} .connection=${connection} .path=${below === 'edit' ? route : ''}></lms-route-edit>`;
    if (part === 'routes' && below === 'runs')
      return html`<lms-route-run .ctx=${ctx} .organization=${organization} .connection=${connection} .route=${route} .path=${run}></lms-route-run>`;
    if (part === 'routes' && route) return html`<lms-route .ctx=${ctx} .organization=${organization} .connection=${connection} .path=${route}></lms-route>`;
    return html`<lms-connection .ctx=${ctx} .organization=${organization} .path=${connection}></lms-connection>`;
  }
}
