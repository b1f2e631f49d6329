import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Page, failure, loading } from '@kit/element';
import { askedOf, stepsOf } from '@kit/way';

/**
 * «Сопоставление»: records without a counterpart at University 2035. `path`: "learners", "elements", "elements/table", "decided" or
 * "decided/ID"; of a list also which record is open ("learners/learner/204") and what it is narrowed to ("learners?reason=same-email").
 */
@customElement('u2035-matching')
export class U2035Matching extends Page {
  @state() private view: typeof import('./views') | null = null;
  @state() private broken: unknown = null;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!this.view && !this.broken) void this.loadView();
  }

  private async loadView(): Promise<void> {
    try {
      this.view = await import('./views');
    } catch (error) {
      this.broken = error;
    }
  }

  override render(): TemplateResult {
    return html`${this.liveRegions()}
      ${this.broken
        ? failure(this.context, this.broken, () => (this.broken = null))
        : this.view
          ? html`<u2035-matching-views .ctx=${this.context} .path=${stepsOf(this.path)} .asked=${askedOf(this.path)}></u2035-matching-views>`
          : this.organization
            ? loading(this.context)
            : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-matching': U2035Matching;
  }
}
