import { failure, loading } from '@kit/element';
import { askedOf, stepsOf } from '@kit/way';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { withQuery } from '../route';
import { ShellPart } from '../view';

/** The code of a view comes when it is opened: whoever looks at the list needs no editor of routes. */
const parts = {
  list: () => import('./connections'),
  one: () => import('./connection'),
  edit: () => import('./connection-edit'),
  set: () => import('./source-set'),
  log: () => import('./connection-log'),
  route: () => import('../routes/route'),
  'route-edit': () => import('../routes/route-edit'),
  run: () => import('../routes/route-run'),
};
type PartName = keyof typeof parts;

/**
 * Which view an address below /org/{org}/connections is of: "", "new?kind=…&set=…", "{connection}", "{connection}/edit",
 * "{connection}/set?set=…", "{connection}/log", "{connection}/routes/new", "{connection}/routes/{route}", "…/{route}/edit",
 * "…/{route}/runs/{run}".
 */
export function partOf(path: string): PartName {
  const [connection = '', part = '', route = '', below = ''] = stepsOf(path).split('/');
  if (!connection) return 'list';
  if (connection === 'new' || part === 'edit') return 'edit';
  if (part === 'set' || part === 'log') return part;
  if (part !== 'routes' || !route) return 'one';
  if (route === 'new' || below === 'edit') return 'route-edit';
  return below === 'runs' ? 'run' : 'route';
}

@customElement('lms-connections-place')
export class ConnectionsPlace extends ShellPart {
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) path = '';
  @state() private ready: ReadonlySet<PartName> = new Set();
  @state() private broken: unknown = null;
  private shownPath: string | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('path')) void this.load();
  }
  private async load(): Promise<void> {
    const part = partOf(this.path);
    this.broken = null;
    if (this.ready.has(part)) return;
    try {
      await parts[part]();
      this.ready = new Set([...this.ready, part]);
    } catch (error) {
      this.broken = error;
    }
  }

  override render(): TemplateResult {
    if (this.broken) return html`${failure(this.ctx, this.broken, () => void this.load())}`;
    return this.ready.has(partOf(this.path)) ? this.view() : loading(this.ctx);
  }

  private view(): TemplateResult {
    const { ctx, organization } = this;
    const asked = askedOf(this.path);
    const [connection = '', step = '', route = '', , run = ''] = stepsOf(this.path).split('/');
    switch (partOf(this.path)) {
      case 'list':
        return html`<lms-connections .ctx=${ctx} .organization=${organization}></lms-connections>`;
      case 'edit':
        return html`<lms-connection-edit .ctx=${ctx} .organization=${organization} .path=${step === 'edit' ? connection : withQuery('new', asked)}></lms-connection-edit>`;
      case 'set':
        return html`<lms-source-set .ctx=${ctx} .organization=${organization} .path=${withQuery(connection, asked)}></lms-source-set>`;
      case 'log':
        return html`<lms-connection-log .ctx=${ctx} .organization=${organization} .path=${connection}></lms-connection-log>`;
      case 'route-edit':
        return html`<lms-route-edit .ctx=${ctx} .organization=${organization} .connection=${connection} .path=${route === 'new' ? '' : route}></lms-route-edit>`;
      case 'run':
        return html`<lms-route-run .ctx=${ctx} .organization=${organization} .connection=${connection} .route=${route} .path=${run}></lms-route-run>`;
      case 'route':
        return html`<lms-route .ctx=${ctx} .organization=${organization} .connection=${connection} .path=${route}></lms-route>`;
      case 'one':
        return html`<lms-connection .ctx=${ctx} .organization=${organization} .path=${connection}></lms-connection>`;
    }
  }

  protected override updated(): void {
    if (!this.ready.has(partOf(this.path))) return;
    const before = this.shownPath;
    this.shownPath = stepsOf(this.path);
    // The shell sees one view here: another one begins at its top and its title. The first the shell begins itself.
    if (before !== null && before !== this.shownPath) void this.atTop();
  }

  private async atTop(): Promise<void> {
    window.scrollTo(0, 0);
    const view = this.renderRoot.firstElementChild as ShellPart | null;
    await view?.updateComplete;
    view?.renderRoot.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }
}
