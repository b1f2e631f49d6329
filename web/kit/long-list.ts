/**
 * A list that may be very long: pages by cursor as it is scrolled, draws only what is in sight. Rows are of one height
 * (`rowHeight`, px). The rows are list items for assistive technology, with their place and the known number of all.
 */

import { LitElement, css, html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Page } from './api';

export type LoadPage<T> = (cursor: string | null, signal: AbortSignal) => Promise<Page<T>>;

@customElement('kit-long-list')
export class LongList<T = unknown> extends LitElement {
  static override styles: CSSResultGroup = css`
    :host { display: block; overflow-y: auto; position: relative; contain: strict; min-height: 12rem; }
    .all { position: relative; }
    .seen { position: absolute; left: 0; right: 0; top: 0; }
    .row { box-sizing: border-box; overflow: hidden; }
  `;

  /** A new function starts the list anew. */
  @property({ attribute: false }) load: LoadPage<T> | null = null;
  @property({ attribute: false }) row: (item: T, index: number) => TemplateResult = () => html``;
  @property({ type: Number, attribute: 'row-height' }) rowHeight = 56;
  @property({ attribute: false }) label = '';
  @property({ attribute: false }) foot: (state: { loading: boolean; error: unknown; loaded: number; complete: boolean }) => unknown = () => nothing;

  @state() private items: T[] = [];
  @state() private first = 0;
  @state() private count = 30;
  @state() private busy = false;
  @state() private error: unknown = null;
  private next: string | null = null;
  private complete = false;
  private abort = new AbortController();
  private readonly sizes = new ResizeObserver(() => this.look());

  get loaded(): readonly T[] {
    return this.items;
  }

  /** Puts a changed row in its place without loading again. */
  replace(found: (item: T) => boolean, item: T | null): void {
    this.items = this.items.flatMap((one) => (found(one) ? (item === null ? [] : [item]) : [one]));
  }

  async again(): Promise<void> {
    this.abort.abort();
    this.abort = new AbortController();
    this.items = [];
    this.next = null;
    this.complete = false;
    this.error = null;
    this.busy = false;
    this.scrollTop = 0;
    this.first = 0;
    await this.more();
  }

  async more(): Promise<void> {
    if (this.busy || this.complete || !this.load) return;
    const { load, abort } = this;
    this.busy = true;
    this.error = null;
    try {
      const page = await load(this.next, abort.signal);
      if (abort.signal.aborted) return;
      this.items = [...this.items, ...page.items];
      this.next = page.next;
      this.complete = page.next === null;
    } catch (error) {
      if (abort.signal.aborted) return;
      this.error = error;
    }
    this.busy = false;
    await this.updateComplete;
    if (!this.error) this.look();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('scroll', this.look, { passive: true });
    this.sizes.observe(this);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('scroll', this.look);
    this.sizes.disconnect();
    this.abort.abort();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('load')) void this.again();
  }

  private readonly look = (): void => {
    const spare = 8;
    const height = this.clientHeight || 600;
    this.first = Math.max(0, Math.floor(this.scrollTop / this.rowHeight) - spare);
    this.count = Math.ceil(height / this.rowHeight) + 2 * spare;
    if (this.first + this.count >= this.items.length) void this.more();
  };

  override render(): TemplateResult {
    const seen = this.items.slice(this.first, this.first + this.count);
    const all = this.complete ? this.items.length : -1;
    return html`<div class="all" .style=${`height:${this.items.length * this.rowHeight}px`}>
        <div class="seen" role="list" aria-label=${this.label} .style=${`transform:translateY(${this.first * this.rowHeight}px)`}>
          ${seen.map(
            (item, i) =>
              html`<div class="row" role="listitem" aria-posinset=${this.first + i + 1} aria-setsize=${all} .style=${`height:${this.rowHeight}px`}>
                ${this.row(item, this.first + i)}
              </div>`,
          )}
        </div>
      </div>
      ${this.foot({ loading: this.busy, error: this.error, loaded: this.items.length, complete: this.complete })}`;
  }
}
