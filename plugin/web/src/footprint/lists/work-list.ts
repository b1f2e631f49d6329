/**
 * A long list that is worked off by keyboard: one row is in the tab order, arrows move among rows, Home and End to the
 * ends of what is loaded. A row's template marks its control with `data-open`; Enter works it.
 */

import { unsafeCSS, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyle } from '@kit/element';
import { LongList } from '@kit/long-list';
import workCss from './work-list.css?inline';

/** As in work-list.css. */
const narrow = 560;

/** Where a key leads from a row; null: the key is none of the list's. */
export function rowAfter(key: string, at: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: last,
  };
  const to = steps[key];
  return to === undefined ? null : Math.min(last, Math.max(0, to));
}

/** Where a list stands once the row is in sight. */
export function scrolledTo(row: number, rowHeight: number, scrolled: number, height: number): number {
  const top = row * rowHeight;
  if (top < scrolled) return top;
  return Math.max(scrolled, top + rowHeight - height);
}

@customElement('u2035-work-list')
export class WorkList<T = unknown> extends LongList<T> {
  static override styles = [baseStyle, LongList.styles, unsafeCSS(workCss)];

  /** The row in the tab order. */
  @property({ type: Number }) active = 0;
  /** Heights of a row, px: its three parts side by side, or below each other where the list is narrow. */
  @property({ type: Number }) wideRow = 60;
  @property({ type: Number }) narrowRow = 92;
  /** Space on a row: chosen or not. */
  @property({ attribute: false }) onChoose: ((index: number, extend: boolean) => void) | null = null;

  /** Where the focus is on its way to: keys that come before it is there mean this row. -1: it stands. */
  private going = -1;

  private readonly widths = new ResizeObserver(([entry]) => (this.rowHeight = entry!.contentRect.width > narrow ? this.wideRow : this.narrowRow));

  override connectedCallback(): void {
    super.connectedCallback();
    this.widths.observe(this);
    this.addEventListener('keydown', this.onKey);
    this.addEventListener('focusin', this.onFocus);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.widths.disconnect();
    this.removeEventListener('keydown', this.onKey);
    this.removeEventListener('focusin', this.onFocus);
  }

  /** Scrolls no further than the row needs to be seen, and puts it into the tab order. */
  show(index: number): void {
    this.active = Math.min(this.loaded.length - 1, Math.max(0, index));
    this.scrollTop = scrolledTo(this.active, this.rowHeight, this.scrollTop, this.clientHeight);
  }

  async focusRow(index: number): Promise<void> {
    const count = this.loaded.length;
    if (count === 0) return;
    this.show(index);
    const to = (this.going = this.active);
    // The rows of the new place are drawn after the scroll event.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await this.updateComplete;
    if (this.going !== to) return; // another key has led on
    this.going = -1;
    this.controlOf(to)?.focus({ preventScroll: true });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // Exactly one row is in the tab order, and one that is drawn.
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('[data-row]')];
    const stop = rows.find((row) => Number(row.dataset.row) === this.active) ?? rows[0];
    for (const row of rows)
      for (const control of row.querySelectorAll<HTMLElement>('[data-open], input')) control.tabIndex = row === stop ? 0 : -1;
  }

  private controlOf(index: number): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`[data-row="${index}"] [data-open]`);
  }

  private rowOf(event: Event): number {
    const row = event.composedPath().find((one): one is HTMLElement => one instanceof HTMLElement && one.dataset.row !== undefined);
    return row ? Number(row.dataset.row) : -1;
  }

  private readonly onFocus = (event: Event): void => {
    const at = this.rowOf(event);
    if (at >= 0) this.active = at;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const focused = this.rowOf(event);
    const at = focused >= 0 && this.going >= 0 ? this.going : focused;
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const onOpener = (event.composedPath()[0] as HTMLElement).hasAttribute('data-open');
    if (event.key === ' ' && this.onChoose && onOpener) {
      event.preventDefault();
      this.onChoose(at, event.shiftKey);
      return;
    }
    if (event.key === 'Enter' && at !== focused && onOpener) {
      event.preventDefault();
      this.controlOf(at)?.click();
      return;
    }
    const to = rowAfter(event.key, at, this.loaded.length, Math.max(1, Math.floor(this.clientHeight / this.rowHeight) - 1));
    if (to === null) return;
    event.preventDefault();
    void this.focusRow(to);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-work-list': WorkList;
  }
}
