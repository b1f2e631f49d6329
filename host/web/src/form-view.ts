import { ApiError } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing } from 'lit';
import { state } from 'lit/decorators.js';
import { changedByOthers, focusWrong, rebased } from './forms';
import { View, refused } from './view';

/** The form of one thing on the server: what is typed is saved with its ETag; what somebody else has saved meanwhile is taken over and told. */
export abstract class FormView<T extends object, Loaded = true> extends View<Loaded> {
  @state() protected typed: T;
  /** What somebody else has changed, where it meets what is typed here. */
  @state() protected theirs: Partial<T> = {};
  @state() protected problem: unknown = null;
  @state() protected busy = false;
  @state() private conflict = false;
  protected known: T;
  protected etag = '';

  /** `blank`: what a new one begins with. */
  constructor(blank: T) {
    super();
    this.typed = this.known = blank;
  }

  protected abstract get isNew(): boolean;
  /** Where an old one is. */
  protected abstract get resource(): string;

  protected async read(signal?: AbortSignal): Promise<void> {
    if (this.isNew) return;
    const { data, etag } = await this.ctx.api.get<T>(this.resource, { signal });
    this.known = this.typed = data;
    this.etag = etag;
  }

  protected set(change: Partial<T>): void {
    this.typed = { ...this.typed, ...change };
  }

  protected get wrongFields(): number {
    return this.problem instanceof ApiError ? (this.problem.problem.errors?.length ?? 0) : 0;
  }
  /** Above the form. */
  protected conflictNote(title: string, text: string): unknown {
    return this.conflict ? html`<div class="note warn" role="alert">${icon('alert')}<div><h2 class="note-head">${title}</h2><p>${text}</p></div></div>` : nothing;
  }
  /** Below its fields: what no field is to blame for. */
  protected refusal(): unknown {
    return this.problem && this.wrongFields === 0 ? refused(this.ctx, this.problem) : nothing;
  }

  /** `send` ends with what is to be seen next. */
  protected async save(event: Event, send: () => Promise<void>): Promise<void> {
    event.preventDefault();
    if (this.busy || this.data === null) return;
    this.busy = true;
    await this.attempt(send);
    this.busy = false;
    await this.updateComplete;
    focusWrong(this.renderRoot);
  }

  protected async attempt(send: () => Promise<void>): Promise<void> {
    this.problem = null;
    this.conflict = false;
    try {
      await send();
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) await this.takeTheirs();
      else this.problem = error;
    }
  }

  private async takeTheirs(): Promise<void> {
    try {
      const { data, etag } = await this.ctx.api.get<T>(this.resource);
      const typed = rebased(this.known, data, this.typed);
      this.theirs = changedByOthers(this.known, data, typed);
      this.typed = typed;
      this.known = data;
      this.etag = etag;
      this.conflict = true;
    } catch (error) {
      this.problem = error;
    }
  }
}
