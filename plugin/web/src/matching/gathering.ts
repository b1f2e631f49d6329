/**
 * All rows of a list, read page by page in the background: the first page is there at once, and search, filters and counts are of
 * everything that has been read.
 */

import type { Page } from '@kit/api';

export type Read<T> = (cursor: string | null, limit: number, signal: AbortSignal) => Promise<Page<T>>;

const first = 200;
const further = 1000;

export class Gathering<T> {
  readonly rows: T[] = [];
  complete = false;
  error: unknown = null;
  private readonly abort = new AbortController();
  private next: string | null = null;
  private busy = false;
  private waiting: (() => void)[] = [];

  constructor(
    private readonly read: Read<T>,
    /** Called after each page, and when reading has ended. */
    private readonly grown: () => void,
  ) {
    void this.go();
  }

  stop(): void {
    this.abort.abort();
    this.wake();
  }

  /** Goes on after a failure from where it stopped. */
  retry(): void {
    if (!this.complete && !this.busy) void this.go();
  }

  /** The same rows as they are now: what a person decided is known here already. */
  replace(rows: readonly T[]): void {
    rows.forEach((row, i) => (this.rows[i] = row));
  }

  /** Rows `from` … of those that fit; waits for as many as are asked while there may be more. */
  async slice(fits: (row: T) => boolean, from: number, count: number): Promise<{ items: T[]; isEnd: boolean }> {
    for (;;) {
      const found: T[] = [];
      let at = 0;
      let isMore = false;
      for (const row of this.rows) {
        if (!fits(row)) continue;
        if (at >= from + count) {
          isMore = true;
          break;
        }
        if (at >= from) found.push(row);
        at += 1;
      }
      if (isMore || this.complete) return { items: found, isEnd: !isMore };
      if (found.length === count) return { items: found, isEnd: false };
      if (this.error) throw this.error;
      if (this.abort.signal.aborted) return { items: found, isEnd: true };
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private async go(): Promise<void> {
    this.busy = true;
    this.error = null;
    try {
      do {
        const page = await this.read(this.next, this.rows.length === 0 ? first : further, this.abort.signal);
        if (this.abort.signal.aborted) return;
        this.rows.push(...page.items);
        this.next = page.next;
        this.complete = page.next === null;
        this.wake();
      } while (!this.complete);
    } catch (error) {
      if (this.abort.signal.aborted) return;
      this.error = error;
      this.wake();
    } finally {
      this.busy = false;
    }
  }

  private wake(): void {
    this.waiting.splice(0).forEach((resolve) => resolve());
    this.grown();
  }
}
