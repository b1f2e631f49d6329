/** What the parts of arrivals have in common: the connection they are of, and loading what they show. */

import { ApiError } from '@kit/api';
import { loading } from '@kit/element';
import { unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { may } from '../context';
import { ShellPart, refused } from '../view';
import css from './arrivals.css?inline';
import type { Connection } from './brought';
import { arrivalTexts, type ArrivalTexts } from './texts';

export const arrivalStyle = unsafeCSS(css);

export abstract class ArrivalPart extends ShellPart {
  static override styles = [...ShellPart.styles, arrivalStyle];
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) connection = '';
  /** Another text: the connection or its routes have changed, and are read again without being taken away. */
  @property({ attribute: false }) changes = '';
  @state() protected problem: unknown = null;

  protected get words(): ArrivalTexts {
    return arrivalTexts[this.ctx.language];
  }
  protected get isAdministrator(): boolean {
    return this.ctx.session.serverAdmin || may(this.ctx.session, this.organization, 'organization-admin');
  }
  protected get mayBring(): boolean {
    return this.ctx.session.serverAdmin || may(this.ctx.session, this.organization, 'methodist');
  }

  /** The page around shows how the latest run ended. */
  protected tellArrived(): void {
    this.dispatchEvent(new CustomEvent('arrived', { bubbles: true, composed: true }));
  }

  protected async attempt(what: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await what();
    } catch (error) {
      this.problem = error;
    }
  }
}

/** One that loads something first. */
export abstract class LoadedPart<T> extends ArrivalPart {
  /** What the page of arrivals has read of the connection. */
  @property({ attribute: false }) of!: Connection;
  @state() protected data: T | null = null;
  @state() private error: unknown = null;
  private abort = new AbortController();
  private loadedFor = '';

  protected abstract load(signal: AbortSignal): Promise<T>;
  protected abstract draw(data: T): TemplateResult;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const key = `${this.organization}|${this.connection}|${this.ctx.language}|${this.changes}`;
    const signedInAgain = changed.has('ctx') && this.error instanceof ApiError && this.error.status === 401;
    if (this.loadedFor === key && !signedInAgain) return;
    this.loadedFor = key;
    void this.refresh();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
    this.loadedFor = '';
  }

  async refresh(): Promise<void> {
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    this.error = null;
    try {
      const data = await this.load(signal);
      if (!signal.aborted) this.data = data;
    } catch (error) {
      if (!signal.aborted) this.error = error;
    }
  }

  override render(): unknown {
    if (this.error) return refused(this.ctx, this.error, () => void this.refresh());
    return this.data === null ? loading(this.ctx) : this.draw(this.data);
  }
}
