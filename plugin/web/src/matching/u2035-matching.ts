import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Page, failure, loading } from '@kit/element';
import { askedOf, stepsOf } from '@kit/way';

/**
 * «Сопоставление»: records without a counterpart at University 2035. `path`: "learners", "elements", "elements/table", "decided" or
 * "decided/ID"; of a list also which record is open ("learners/learner/204") and what it is narrowed to ("learners?reason=same-email").
 */
@customElement('u2035-matching')
export class U2035Matching extends Page {
  @state() private ready = false;
  @state() private broken: unknown = null;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!this.ready && !this.broken) void this.loadViews();
  }

  private async loadViews(): Promise<void> {
    try {
      await import('./u2035-matching-views');
      this.ready = true;
    } catch (error) {
      this.broken = error;
    }
  }

  override render(): TemplateResult {
    return html`${this.liveRegions()}
      ${this.broken
        ? failure(this.context, this.broken, () => (this.broken = null))
        : this.ready
          ? html`<u2035-matching-views .ctx=${this.context} .path=${stepsOf(this.path)} .asked=${askedOf(this.path)}></u2035-matching-views>`
          : loading(this.context)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-matching': U2035Matching;
  }
}
