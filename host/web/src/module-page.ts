import { icon } from '@kit/icons';
import { loading, type Going } from '@kit/element';
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { askedOf, stepsOf } from '@kit/way';
import type { ModulePage } from './context';
import { pageAt } from './menu';
import { address, withQuery } from './route';
import { ShellPart } from './view';

/** Scripts of modules that are on their way or there: by address. */
const scripts = new Map<string, Promise<unknown>>();

export function loadScript(address: string): Promise<unknown> {
  // The server says where; only this server's own files are run.
  if (!/^\/[^/\\]/.test(address)) return Promise.reject(new Error('script'));
  let script = scripts.get(address);
  if (!script) {
    script = import(/* @vite-ignore */ address);
    // A module that was stopped may be back at the next try.
    script.catch(() => scripts.delete(address));
    scripts.set(address, script);
  }
  return script;
}

/**
 * A module's page: its custom element with `organization`, `language` and `path`, bound to the address. The page speaks by two events,
 * lms-navigate {path, replace?, element?} (answered here; `element` names the page it is of, where that is another) and lms-signed-out
 * (answered by the shell).
 */
@customElement('lms-module-page')
export class ModulePageView extends ShellPart {
  @property({ attribute: false }) page!: ModulePage;
  /** What the address has after the page's name. */
  @property() path = '';
  @state() private state: 'loading' | 'ready' | 'failed' = 'loading';
  private element: HTMLElement | null = null;
  private shownFor = '';

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const wanted = `${this.page.script} ${this.page.id} ${this.ctx.organization}`;
    if (wanted !== this.shownFor) {
      this.shownFor = wanted;
      this.element = null;
      void this.start();
    }
  }

  private async start(): Promise<void> {
    const { page } = this;
    this.state = 'loading';
    try {
      await loadScript(page.script);
      await Promise.race([customElements.whenDefined(page.element), new Promise((_, late) => setTimeout(() => late(new Error('late')), 10_000))]);
      if (page !== this.page) return;
      this.element = document.createElement(page.element);
      this.element.addEventListener('lms-navigate', (event) => {
        const { path, replace, element } = (event as CustomEvent<{ path: string } & Going>).detail;
        const to = pageAt(this.ctx.pages, page, stepsOf(path), element);
        if (!to) return;
        event.preventDefault();
        this.ctx.go(withQuery(address('org', this.ctx.organization, to.page.id, to.rest), askedOf(path)), { replace });
      });
      this.state = 'ready';
    } catch {
      if (page === this.page) this.state = 'failed';
    }
  }

  override render(): TemplateResult {
    const { element } = this;
    if (this.state === 'failed') return this.failed();
    if (!element) return loading(this.ctx);
    element.setAttribute('organization', this.ctx.organization);
    element.setAttribute('language', this.ctx.language);
    element.setAttribute('time-zone', this.ctx.locale.zone);
    element.setAttribute('path', joined(this.page.path, this.path));
    return html`${element}`;
  }

  private failed(): TemplateResult {
    return html`<div class="page-head"><div class="head-main"><h1 tabindex="-1">${this.page.title}</h1></div></div>
      <div class="note bad" role="alert">
        ${icon('excl')}
        <div>
          <h2 class="note-head">${this.shell.moduleFailedTitle}</h2>
          <p>${this.shell.moduleFailedText}</p>
          <div class="btns"><button class="btn small" type="button" @click=${() => void this.start()}>${this.ctx.kit.retry}</button></div>
        </div>
      </div>`;
  }
}

/** The element's path of an address: what the page starts with, then what follows. */
export function joined(start: string, rest: string): string {
  return withQuery([start, stepsOf(rest)].filter(Boolean).join('/'), askedOf(rest));
}
