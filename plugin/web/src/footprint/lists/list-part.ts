/** What the four sections of lists have in common: the way in `path`, loading, errors, focus after a change of view. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { organizationPath } from '@kit/api';
import { Part, baseStyle, failure, loading, type PageContext } from '@kit/element';
import { icon } from '@kit/icons';
import type { Language } from '@kit/locale';
import filtersCss from './filters.css?inline';
import listsCss from './lists.css?inline';

export const filterStyle = unsafeCSS(filtersCss);
export const listStyle = unsafeCSS(filtersCss + listsCss);

export abstract class ListPart extends Part {
  static override styles = [baseStyle, listStyle];

  @property() path = '';
  @state() protected ready = false;
  @state() protected failed: unknown = null;

  private abort = new AbortController();
  private shown: { path: string; language: Language } | null = null;

  protected get steps(): string[] {
    return this.path.split('/').filter(Boolean).map((step) => decodeURIComponent(step));
  }
  protected get base(): string {
    return `${organizationPath(this.ctx.organization)}/u2035`;
  }
  protected get records(): string {
    return `${organizationPath(this.ctx.organization)}/records`;
  }

  /** Fetches what the view of `path` shows first. */
  protected abstract fetch(signal: AbortSignal): Promise<void>;

  protected override willUpdate(_changed: PropertyValues): void {
    const now = { path: this.path, language: this.ctx.language };
    if (this.shown?.path === now.path && this.shown.language === now.language) return;
    this.shown = now;
    void this.reload();
  }

  protected async reload(): Promise<void> {
    this.abort.abort();
    const abort = new AbortController();
    this.abort = abort;
    this.ready = false;
    this.failed = null;
    try {
      await this.fetch(abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) this.failed = error;
      return;
    }
    if (!abort.signal.aborted) this.ready = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
    this.shown = null;
  }

  /** Where a person is put who came here by a link of the page. */
  focusTitle(): void {
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  /** Who may see the view and who gives that role, where it isn't everybody of the organization. */
  protected get forbidden(): string {
    return '';
  }

  /** What is shown below the title: loading, what went wrong, or the view. */
  protected body(view: () => TemplateResult): TemplateResult {
    if (this.failed) return failure(this.ctx, this.failed, () => void this.reload(), { text: this.forbidden });
    return this.ready ? view() : html`<div class="panel">${loading(this.ctx)}</div>`;
  }
}

/** A section that shows one of several views by its path, and puts a person who moves among them at the view's title. */
export abstract class Views extends Part {
  @property() path = '';

  protected get steps(): string[] {
    return this.path.split('/').filter(Boolean).map((step) => decodeURIComponent(step));
  }
  protected override updated(changed: PropertyValues): void {
    if (changed.has('path') && changed.get('path') !== undefined) void this.arrive();
  }
  private async arrive(): Promise<void> {
    const view = this.renderRoot.firstElementChild;
    if (!(view instanceof ListPart)) return;
    await view.updateComplete;
    view.focusTitle();
  }
}

/** A way to another view of the page. */
export function to(ctx: PageContext, path: string, content: unknown, label?: string): TemplateResult {
  const go = (event: Event) => {
    event.preventDefault();
    ctx.go(path);
  };
  return label === undefined
    ? html`<a href="#" @click=${go}>${content}</a>`
    : html`<a href="#" aria-label=${label} @click=${go}>${content}</a>`;
}

export function crumbs(ctx: PageContext, label: string, way: { path?: string; title: string }[]): TemplateResult {
  return html`<nav class="crumbs" aria-label=${label}>
    ${way.map((one, i) => html`${i > 0 ? icon('chev', 's') : ''}${one.path === undefined ? html`<span aria-current="page">${one.title}</span>` : to(ctx, one.path, one.title)}`)}
  </nav>`;
}

/** `count` is empty where it isn't known. */
export function facet(pressed: boolean, title: string, count: string, press: () => void): TemplateResult {
  return html`<button class="facet" type="button" aria-pressed=${pressed ? 'true' : 'false'} @click=${press}>${title}${count ? html`<span>${count}</span>` : nothing}</button>`;
}

export interface Choice {
  value: string;
  title: string;
}

export function select(label: string, value: string, choices: readonly Choice[], pick: (value: string) => void): TemplateResult {
  return html`<div class="select">
    <select class="input" aria-label=${label} @change=${(event: Event) => pick((event.target as HTMLSelectElement).value)}>
      ${choices.map((one) => html`<option value=${one.value} ?selected=${one.value === value}>${one.title}</option>`)}
    </select>
    ${icon('chevd', 's')}
  </div>`;
}
