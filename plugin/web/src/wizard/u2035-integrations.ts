import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Page, failure, loading } from '@kit/element';

type View = 'cards' | 'setup' | 'scope';

const views: Record<View, () => Promise<unknown>> = {
  cards: () => import('./cards/u2035-cards'),
  setup: () => import('./setup/u2035-setup'),
  scope: () => import('./scope/u2035-scope'),
};

/**
 * «Интеграции с У2035». `path`: "" the cards, "PROJECT" the wizard, "PROJECT/scope" what is covered. The code of a view comes
 * when it is shown.
 */
@customElement('u2035-integrations')
export class U2035Integrations extends Page {
  @state() private ready: View | null = null;
  @state() private broken: unknown = null;
  /** The person came here from another view: the focus goes to its title. */
  private moved = false;

  private get project(): string {
    return decodeURIComponent(this.path.split('/')[0] ?? '');
  }
  private get view(): View {
    if (!this.project) return 'cards';
    return this.path.split('/')[1] === 'scope' ? 'scope' : 'setup';
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('path') && this.hasUpdated) this.moved = true;
    if (this.ready !== this.view && !this.broken) void this.loadView();
  }

  private async loadView(): Promise<void> {
    const { view } = this;
    try {
      await views[view]();
      if (view === this.view) this.ready = view;
    } catch (error) {
      this.broken = error;
    }
  }

  override render(): TemplateResult {
    return html`${this.liveRegions()}
      ${this.broken ? failure(this, this.broken, () => (this.broken = null)) : this.ready === this.view ? this.shown() : loading(this)}`;
  }

  private shown(): TemplateResult {
    const { project, moved } = this;
    if (this.view === 'cards') return html`<u2035-cards .ctx=${this.context} .moved=${moved}></u2035-cards>`;
    if (this.view === 'scope')
      return html`<u2035-scope .ctx=${this.context} .project=${project} .moved=${moved}></u2035-scope>`;
    return html`<u2035-setup .ctx=${this.context} .project=${project} .moved=${moved}></u2035-setup>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-integrations': U2035Integrations;
  }
}
