import { html, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { Page, failure, loading } from '@kit/element';

/** A page whose views come when it is shown: the script that every page of a platform loads holds little of it. */
export abstract class LazyPage extends Page {
  @state() private ready = false;
  @state() private broken: unknown = null;

  protected abstract load(): Promise<unknown>;
  protected abstract view(): TemplateResult;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!this.ready && !this.broken)
      this.load().then(
        () => (this.ready = true),
        (error: unknown) => (this.broken = error),
      );
  }

  override render(): TemplateResult {
    return html`${this.liveRegions()}
      ${this.broken ? failure(this.context, this.broken, () => (this.broken = null)) : this.ready ? this.view() : loading(this.context)}`;
  }
}
