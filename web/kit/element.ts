/** What every element of ours is made of: attributes, credentials, language, way and the look. */

import { LitElement, html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { Api, ApiError } from './api';
import baseCss from './base.css?inline';
import { icon } from './icons';
import { Locale, languageOf, type Language } from './locale';
import tokensCss from './tokens.css?inline';
import { kitTexts, type KitTexts } from './texts';

export const baseStyle = unsafeCSS(baseCss);

/**
 * Tokens lie in the document, in a layer, so that any rule of the platform's own wins over them: on :root or on the
 * element. Custom properties pass through shadow roots from there.
 */
function layTokens(): void {
  const mark = '__u2035Tokens';
  const page = document as Document & { [mark]?: true };
  if (page[mark] || !('adoptedStyleSheets' in document)) return;
  page[mark] = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@layer u2035 {${tokensCss}}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

export interface Going {
  /** In the place of the view's address: "back" leads out of what was typed into a filter, not through it. */
  replace?: boolean;
  /** The page whose view it is, by its element's name, where it isn't this one. */
  element?: string;
}

/** What a part of a page needs of the page: handed down as a property, so that parts can be tested alone. */
export interface PageContext {
  readonly api: Api;
  readonly locale: Locale;
  readonly language: Language;
  readonly kit: KitTexts;
  readonly organization: string;
  /** Goes to another view of the page ("quarantine/3f…", "quarantine?run=12"); false: it is another page's, and nobody led there. */
  go(path: string, how?: Going): boolean;
  /** Says it in the page's live region. */
  say(text: string, urgent?: boolean): void;
}

/**
 * A page that a platform embeds. Attributes: `organization`, `language` (ru, en), `api-base` (address of the server, empty
 * for this origin), `path` (the view it shows). Property `token`: a bearer token or a function that gives one; without it
 * the session's cookie serves. Event `lms-navigate` {path, replace?, element?}: cancelable; a platform that cancels it sets
 * `path` itself, or shows the page that `element` names.
 * Event `lms-signed-out`: the server doesn't know who asks.
 */
export abstract class Page extends LitElement implements PageContext {
  static override styles = [baseStyle];

  @property() organization = '';
  @property({ attribute: 'language' }) languageAsked = '';
  @property({ attribute: 'api-base' }) apiBase = '';
  @property() path = '';
  @property({ attribute: 'time-zone' }) timeZone = 'Europe/Moscow';
  @property({ attribute: false }) token: string | (() => string) = '';

  /**
   * What parts are given: made anew when anything of it changes, so that parts draw themselves in the new language.
   */
  protected context: PageContext = this;
  private madeApi: Api | null = null;
  private madeLocale: Locale | null = null;

  get api(): Api {
    this.madeApi ??= new Api({
      base: this.apiBase.replace(/\/+$/, ''),
      token: () => (typeof this.token === 'function' ? this.token() : this.token),
      language: () => this.language,
      onSignedOut: () => this.tell('lms-signed-out', {}),
    });
    return this.madeApi;
  }
  get language(): Language {
    return languageOf(this.languageAsked || document.documentElement.lang);
  }
  get locale(): Locale {
    if (this.madeLocale?.language !== this.language || this.madeLocale.zone !== this.timeZone)
      this.madeLocale = new Locale(this.language, this.timeZone);
    return this.madeLocale;
  }
  get kit(): KitTexts {
    return kitTexts[this.language];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    layTokens();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('apiBase')) this.madeApi = null;
    const { api, locale, language, kit, organization } = this;
    const last = this.context;
    if (last === this || last.api !== api || last.locale !== locale || last.organization !== organization)
      this.context = {
        api,
        locale,
        language,
        kit,
        organization,
        go: (path, how) => this.go(path, how),
        say: (text, urgent) => this.say(text, urgent),
      };
  }

  go(path: string, how: Going = {}): boolean {
    if (!this.tell('lms-navigate', { path, ...how })) return true;
    if (how.element && how.element !== this.localName) return false;
    this.path = path;
    return true;
  }

  say(text: string, urgent = false): void {
    const region = this.renderRoot.querySelector(urgent ? '.say-now' : '.say');
    if (!region) return;
    // The same words twice are said twice.
    region.textContent = '';
    requestAnimationFrame(() => (region.textContent = text));
  }

  /** To be part of every page's template: where `say` speaks. */
  protected liveRegions(): TemplateResult {
    return html`<p class="sr say" role="status" aria-live="polite"></p>
      <p class="sr say-now" role="alert"></p>`;
  }

  private tell(name: string, detail: object): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }
}

/** A part of a page with the look of it; `ctx` is the page. */
export abstract class Part extends LitElement {
  static override styles = [baseStyle];
  @property({ attribute: false }) ctx!: PageContext;

  /** Another organization's page from now on, or the first: not merely another language. */
  protected isElsewhere(changed: PropertyValues): boolean {
    if (!changed.has('ctx')) return false;
    const last = changed.get('ctx') as PageContext | undefined;
    return last?.organization !== this.ctx.organization || last.api !== this.ctx.api;
  }
}

export function loading(ctx: PageContext): TemplateResult {
  return html`<p class="loading muted" role="status"><span class="spin" aria-hidden="true"></span>${ctx.kit.loading}</p>`;
}

/** Who may see it, and who gives that role: no failure, and nothing to repeat. */
export function forbidden(title: string, text: unknown): TemplateResult {
  return html`<div class="note warn" role="alert">
    ${icon('lock')}
    <div><h2 class="note-head">${title}</h2><p>${text}</p></div>
  </div>`;
}

/**
 * Cause, fix, and the number to give to whoever looks into it, in this order. `role`: of a view that isn't for everybody of
 * the organization, which role it takes.
 */
export function failure(ctx: PageContext, error: unknown, retry?: () => void, role?: { title?: string; text: string }): TemplateResult {
  if (role?.text && error instanceof ApiError && error.status === 403) return forbidden(role.title ?? ctx.kit.forbiddenTitle, role.text);
  const { title, detail, fix, requestId } = wordsOf(ctx.kit, error);
  return html`<div class="note bad" role="alert">
    ${icon('excl')}
    <div>
      <p class="note-head">${title}</p>
      ${detail ? html`<p>${detail}</p>` : nothing}
      <p>${fix}</p>
      ${requestId ? html`<p class="caption">${ctx.kit.requestId}: <code>${requestId}</code></p>` : nothing}
      ${retry ? html`<div class="btns"><button class="btn small" type="button" @click=${retry}>${ctx.kit.retry}</button></div>` : nothing}
    </div>
  </div>`;
}

export function wordsOf(kit: KitTexts, error: unknown): { title: string; detail: string; fix: string; requestId: string } {
  if (!(error instanceof ApiError))
    return { title: kit.failedTitle, detail: error instanceof Error ? error.message : '', fix: kit.failedFix, requestId: '' };
  const { status, detail, requestId = '' } = error.problem;
  const words = (title: string, fix: string) => ({ title, detail, fix, requestId });
  if (status === 0) return words(kit.networkTitle, kit.networkFix);
  if (status === 401) return { ...words(kit.signedOutTitle, kit.signedOutFix), requestId: '' };
  if (status === 403) return words(kit.forbiddenTitle, kit.forbiddenFix);
  if (status === 404) return words(kit.missingTitle, kit.missingFix);
  if (status === 412 || status === 428) return words(kit.conflictTitle, kit.conflictFix);
  if (status === 429 || status === 503) return words(kit.busyTitle, kit.busyFix);
  // The server says what failed and what to do in its own words.
  if (status < 500 && detail) return { title: kit.failedTitle, detail, fix: '', requestId };
  return words(kit.failedTitle, kit.failedFix);
}
