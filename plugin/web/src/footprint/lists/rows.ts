/** A long list with what belongs to it: its height by what it holds, loading, errors, emptiness, how much is shown. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyle, failure, loading, Part } from '@kit/element';
import '@kit/long-list';
import type { LoadPage, LongList } from '@kit/long-list';
import { listStyle } from './list-part';
import { texts } from './texts';

interface Standing {
  loading: boolean;
  error: unknown;
  loaded: number;
  complete: boolean;
}

@customElement('u2035-rows')
export class Rows<T = unknown> extends Part {
  static override styles = [
    baseStyle,
    listStyle,
    css`
      :host { container: none; }
      kit-long-list { min-height: 0; overscroll-behavior: contain; }
      .foot { padding: var(--u-3) var(--u-5); font-size: var(--u-fs-s); color: var(--u-ink-2); }
      @container page (max-width: 660px) { .foot { padding-inline: var(--u-4); } }
    `,
  ];

  @property({ attribute: false }) load: LoadPage<T> | null = null;
  @property({ attribute: false }) row: (item: T, index: number) => TemplateResult = () => html``;
  /** Of a row, px: on a wide page and on a narrow one. */
  @property({ attribute: false }) heights: readonly [number, number] = [60, 96];
  @property() label = '';
  /** How many there are, where that is known. */
  @property({ attribute: false }) total: number | null = null;
  @property({ attribute: false }) empty: unknown = nothing;
  /** Its rows may have nothing to press: the list itself is scrolled by keyboard. */
  @property({ type: Boolean }) plain = false;

  @state() private standing: Standing = { loading: true, error: null, loaded: 0, complete: false };
  @state() private narrow = false;
  @query('kit-long-list') private readonly list!: LongList<T>;
  private readonly sizes = new ResizeObserver(([entry]) => (this.narrow = (entry?.contentRect.width ?? 1000) <= 640));

  get loaded(): readonly T[] {
    return this.list?.loaded ?? [];
  }
  again(): Promise<void> {
    return this.list.again();
  }
  replace(found: (item: T) => boolean, item: T | null): void {
    this.list.replace(found, item);
  }
  /** Draws the rows anew: what they show is kept outside of them. */
  redraw(): void {
    this.list?.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('load') && changed.get('load')) this.standing = { loading: true, error: null, loaded: 0, complete: false };
  }

  private readonly take = (now: Standing): typeof nothing => {
    const was = this.standing;
    if (was.loading !== now.loading || was.error !== now.error || was.loaded !== now.loaded || was.complete !== now.complete)
      queueMicrotask(() => (this.standing = now));
    return nothing;
  };

  override render(): TemplateResult {
    const { loading: busy, error, loaded, complete } = this.standing;
    const height = this.heights[this.narrow ? 1 : 0];
    const words = texts[this.ctx.language];
    return html`<kit-long-list
        ?hidden=${loaded === 0}
        tabindex=${this.plain ? '0' : nothing}
        role=${this.plain ? 'group' : nothing}
        aria-label=${this.plain ? this.label : nothing}
        .load=${this.load}
        .row=${this.row}
        .rowHeight=${height}
        .label=${this.label}
        .foot=${this.take}
        .style=${`height:min(66vh,${loaded * height}px)`}
      ></kit-long-list>
      ${error ? html`<div class="foot">${failure(this.ctx, error, () => void this.list.more())}</div>` : nothing}
      ${!error && loaded === 0 && (busy || !complete) ? loading(this.ctx) : nothing}
      ${!error && loaded === 0 && complete ? this.empty : nothing}
      ${loaded > 0
        ? html`<p class="foot">${complete ? words.allShown(this.ctx.locale, loaded) : words.someShown(this.ctx.locale, loaded, this.total)}</p>`
        : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-rows': Rows;
  }
}
