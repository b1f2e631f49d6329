/** A view of the shell: loads what it shows, and is loading, empty, forbidden or broken in the same words everywhere. */

import { ApiError, type Page } from '@kit/api';
import { Part, baseStyle, failure, forbidden, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ShellContext } from './context';
import { worded } from './refusals';
import { texts, type ShellTexts } from './texts';
import viewsCss from './views.css?inline';

export const viewStyle = unsafeCSS(viewsCss);

export abstract class ShellPart extends Part {
  static override styles = [baseStyle, viewStyle];
  declare ctx: ShellContext;
  get shell(): ShellTexts {
    return texts[this.ctx.language];
  }
}

export abstract class View<T> extends ShellPart {
  @property({ attribute: false }) organization = '';
  @property({ attribute: false }) path = '';
  @state() protected data: T | null = null;
  @state() protected error: unknown = null;
  private abort = new AbortController();
  private loadedFor = '';

  /** What is asked of the server. */
  protected abstract load(signal: AbortSignal): Promise<T>;
  protected abstract heading(): string;
  protected abstract draw(data: T): TemplateResult;
  protected wayHere(): unknown {
    return nothing;
  }
  protected lead(): unknown {
    return nothing;
  }
  protected actions(): unknown {
    return nothing;
  }
  /** Why this person may not see it at all; empty: they may. */
  protected forbidden(): string {
    return '';
  }

  /** Of another organization, path or language it is another one. */
  protected key(): string {
    return `${this.organization}|${this.path}|${this.ctx.language}`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // What couldn't be loaded for want of a session is loaded once there is one again.
    const signedInAgain = changed.has('ctx') && this.error instanceof ApiError && this.error.status === 401;
    if (this.loadedFor !== this.key() || signedInAgain) void this.again();
  }

  async again(): Promise<void> {
    this.loadedFor = this.key();
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    this.error = null;
    this.data = null;
    await this.refresh(signal);
  }

  /** Without taking away what is shown meanwhile. */
  protected async refresh(signal = this.abort.signal): Promise<void> {
    if (this.forbidden()) return;
    try {
      const data = await this.load(signal);
      if (!signal.aborted) this.data = data;
    } catch (error) {
      if (!signal.aborted) this.error = error;
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
    this.loadedFor = '';
  }

  override render(): TemplateResult {
    const mayNot = this.forbidden();
    return html`${this.wayHere()}
      <div class="page-head">
        <div class="head-main"><h1 tabindex="-1">${this.heading()}</h1>${mayNot ? nothing : this.lead()}</div>
        ${mayNot || this.data === null ? nothing : this.actions()}
      </div>
      ${mayNot
        ? forbidden(this.shell.forbiddenTitle, mayNot)
        : this.error
          ? refused(this.ctx, this.error, () => void this.again())
          : this.data === null
            ? loading(this.ctx)
            : this.draw(this.data)}`;
  }
}

export function refused(ctx: ShellContext, error: unknown, retry?: () => void): unknown {
  // Whoever was signed out while saving is asked for the password over the page: nothing more to say in it.
  if (!retry && error instanceof ApiError && error.status === 401) return nothing;
  return failure(ctx, worded(ctx.language, error), retry);
}

export function note(sign: Parameters<typeof icon>[0], tone: '' | 'ok' | 'warn' | 'bad' | 'now', title: string, text: unknown): TemplateResult {
  return html`<div class="note ${tone}">
    ${icon(sign)}
    <div><h2 class="note-head">${title}</h2><p>${text}</p></div>
  </div>`;
}

export function empty(sign: Parameters<typeof icon>[0], title: string, text: unknown, action: unknown = nothing): TemplateResult {
  return html`<div class="panel empty">${icon(sign)}<h2>${title}</h2><p>${text}</p>${action}</div>`;
}

export function crumbs(up: string, href: string, here: unknown): TemplateResult {
  return html`<p class="crumbs"><a href=${href}>${up}</a>${icon('chev', 's')}<span aria-current="page">${here}</span></p>`;
}

/** A list that goes on where its last page ended. */
export interface Gathered<T> {
  items: T[];
  next: string | null;
}

export async function firstPage<T>(ctx: ShellContext, path: string, query: Record<string, string> = {}, signal?: AbortSignal): Promise<Gathered<T>> {
  const { data } = await ctx.api.get<Page<T>>(path, { query: { limit: 100, ...query }, signal });
  return { items: data.items, next: data.next };
}

export async function nextPage<T>(ctx: ShellContext, path: string, known: Gathered<T>, query: Record<string, string> = {}): Promise<Gathered<T>> {
  const { data } = await ctx.api.get<Page<T>>(path, { query: { limit: 100, ...query, cursor: known.next } });
  return { items: [...known.items, ...data.items], next: data.next };
}

export function moreButton(ctx: ShellContext, known: Gathered<unknown>, more: () => void): unknown {
  if (!known.next) return nothing;
  return html`<div class="more-row"><button class="btn" type="button" @click=${more}>${texts[ctx.language].more}</button></div>`;
}

export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
