/** Files on their way to a route, one after the other: the server reads one at a time. */

import { ApiError, newKey, pause, type Api } from '@kit/api';
import { upload as sendUp } from '@kit/upload';
import { isEnded, type Arrival, type Run } from './brought';

export type Step = 'queued' | 'sending' | 'busy' | 'reading' | 'ended' | 'refused' | 'removed';

export interface Sent {
  id: string;
  file: File;
  /** REST of the route it goes to, and what people call that. */
  route: string;
  routeTitle: string;
  step: Step;
  /** 0 to 1 of what is sent. */
  share: number;
  confirmDeletions: boolean;
  run: Run | null;
  error: unknown;
}

/** The server says the same, of the body of a request. */
export const emptyFile = new ApiError({ status: 422, code: 'file.empty', detail: '' });

/** The server would read all of it before it refuses it. */
export const largeFile = new ApiError({ status: 413, code: 'file.too-large', detail: '' });

export const changedFile = new ApiError({ status: 0, code: 'file.changed', detail: '' });

const busyPause = 2000;
const readPause = 700;

export class UploadQueue {
  items: readonly Sent[] = [];
  private working = false;
  private abort = new AbortController();

  /** `changed` is told of every change, `ended` of every file that came to its end. */
  constructor(
    private readonly api: () => Api,
    private readonly changed: () => void,
    private readonly ended: (item: Sent) => void,
    private readonly wait: typeof pause = pause,
    private readonly upload: typeof sendUp = sendUp,
  ) {}

  get isWorking(): boolean {
    return this.items.some((one) => one.step === 'queued' || one.step === 'sending' || one.step === 'busy');
  }

  /** `most`: bytes of one file; null: whatever the server says. */
  add(files: readonly File[], route: string, routeTitle: string, most: number | null = null): void {
    const wrong = ({ size }: File) => (size === 0 ? emptyFile : most !== null && size > most ? largeFile : null);
    this.items = [
      ...this.items,
      ...files.map((file): Sent => ({ id: newKey(), file, route, routeTitle, step: wrong(file) ? 'refused' : 'queued', share: 0, confirmDeletions: false, run: null, error: wrong(file) })),
    ];
    this.changed();
    void this.work();
  }

  /** Again from the beginning, with the same file. */
  repeat(id: string, confirmDeletions = false): void {
    this.change(id, { step: 'queued', share: 0, run: null, error: null, confirmDeletions });
    void this.work();
  }

  remove(id: string): void {
    this.items = this.items.filter((one) => one.id !== id);
    this.changed();
  }

  stop(): void {
    this.abort.abort();
    this.abort = new AbortController();
    this.items = [];
    this.working = false;
  }

  private change(id: string, what: Partial<Sent>): void {
    this.items = this.items.map((one) => (one.id === id ? { ...one, ...what } : one));
    this.changed();
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    const { signal } = this.abort;
    for (let next; (next = this.items.find((one) => one.step === 'queued')) && !signal.aborted; ) await this.bring(next, signal);
    if (!signal.aborted) this.working = false;
  }

  private async bring(item: Sent, signal: AbortSignal): Promise<void> {
    try {
      this.change(item.id, { step: 'sending', share: 0 });
      const location = await this.send(item, signal);
      this.change(item.id, { step: 'reading', share: 1 });
      for (;;) {
        const { data: run } = await this.api().get<Run>(location, { signal });
        this.change(item.id, { run });
        if (isEnded(run)) break;
        await this.wait(readPause, signal);
        if (signal.aborted) return;
      }
      this.change(item.id, { step: 'ended' });
    } catch (error) {
      if (signal.aborted) return;
      this.change(item.id, { step: 'refused', error });
    }
    const now = this.items.find((one) => one.id === item.id);
    if (now) this.ended(now);
  }

  /** Where its run is. */
  private async send(item: Sent, signal: AbortSignal): Promise<string> {
    for (;;) {
      // A browser gives no file that was saved anew since it was chosen, and says of the request only that it failed.
      await item.file.slice(0, 1).arrayBuffer().catch(() => Promise.reject(changedFile));
      try {
        const answer = await this.upload<Arrival>(this.api(), `${item.route}/upload`, item.file, {
          query: { name: item.file.name, ...(item.confirmDeletions ? { confirmDeletions: true } : {}) },
          signal,
          onSent: (share) => this.change(item.id, { step: 'sending', share }),
        });
        return answer.location || `${item.route}/runs/${answer.data.run}`;
      } catch (error) {
        // Another file is being read, or came from the folder just now: it is a matter of waiting.
        if (!(error instanceof ApiError) || error.code !== 'route.running') throw error;
        this.change(item.id, { step: 'busy', share: 0 });
        await this.wait(busyPause, signal);
        if (signal.aborted || !this.items.some((one) => one.id === item.id)) throw error;
      }
    }
  }
}
