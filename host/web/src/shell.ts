/**
 * The platform's shell: who is in, which organization, the menu, and the view of the address. It knows no module: what modules show
 * comes from GET /api/v1/pages.
 */

import { ApiError, everyItem } from '@kit/api';
import { Page, baseStyle, failure, forbidden, loading, type Going } from '@kit/element';
import { icon } from '@kit/icons';
import type { Language } from '@kit/locale';
import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import './sign-in';
import './module-page';
import './top-bar';
import type { ModulePage, Organization, Session, ShellContext } from './context';
import { roleIn } from './context';
import { organizationMenu, pagesFor, serverMenu, type Section } from './menu';
import { applyTheme, chooseLanguage, chosenLanguage } from './preferences';
import { parseRoute, address, type Route } from './route';
import shellCss from './shell.css?inline';
import { signInTexts } from './sign-in-texts';
import { texts, type ShellTexts } from './texts';
import { empty, note, viewStyle } from './view';
import { organizationViews, serverViews } from './views';

@customElement('lms-shell')
export class Shell extends Page {
  static override styles = [baseStyle, viewStyle, unsafeCSS(shellCss)];

  @state() private who: Session | null | 'unknown' = 'unknown';
  @state() private broken: unknown = null;
  @state() private list: Organization[] = [];
  @state() private shown: ModulePage[] = [];
  @state() private pagesFailed = false;
  @state() private route: Route = parseRoute(location.hash);
  @state() private ready = new Set<string>();
  @state() private viewBroken: unknown = null;
  /** The session has ended under the page. */
  @state() private ended = false;
  /** What the views know: another object whenever any of it has changed, so that they draw themselves anew. */
  private shared!: ShellContext;
  /** Whose menu stands while a page of the server is shown. */
  private lastOrganization = '';
  @query('dialog.sheet') private sheet!: HTMLDialogElement | null;
  @query('dialog.ended') private endedBox!: HTMLDialogElement | null;

  private get session(): Session {
    return this.who as Session;
  }
  private get words(): ShellTexts {
    return texts[this.language];
  }

  constructor() {
    super();
    applyTheme();
    this.languageAsked = chosenLanguage();
    document.documentElement.lang = this.languageAsked;
    // Its own requests and those of a module's page alike.
    this.addEventListener('lms-signed-out', () => void this.onSignedOut());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.onHash);
    void this.begin();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.onHash);
  }

  // -- where --------------------------------------------------------------------------------------------------------

  override go(path: string, how: Going = {}): boolean {
    if (how.replace) history.replaceState(null, '', path);
    if (how.replace || location.hash === path) this.onHash();
    else location.hash = path;
    return true;
  }
  private organizationChanged(one: Organization): void {
    this.list = this.list.some((known) => known.id === one.id) ? this.list.map((known) => (known.id === one.id ? one : known)) : [...this.list, one];
  }

  private readonly onHash = (): void => {
    const before = this.route;
    this.route = parseRoute(location.hash);
    this.viewBroken = null;
    this.sheet?.close();
    // Another view begins at its top and its title; within a module's page the page itself cares for the focus.
    const place = (route: Route) => JSON.stringify(route.kind === 'organization' ? [route.organization, route.view] : route.kind === 'server' ? [route.view, route.rest] : route.kind);
    if (place(before) !== place(this.route)) void this.atTop();
  };

  private async atTop(): Promise<void> {
    await this.updateComplete;
    window.scrollTo(0, 0);
    this.renderRoot.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
  }

  // -- who ----------------------------------------------------------------------------------------------------------

  private async begin(): Promise<void> {
    this.broken = null;
    try {
      this.who = (await this.api.get<Session>('/api/v1/session')).data;
      await this.learn();
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.who = null;
      else this.broken = error;
    }
  }

  private async learn(): Promise<void> {
    // Without the modules' pages the shell still works.
    const [organizations] = await Promise.all([everyItem<Organization>(this.api, '/api/v1/organizations'), this.learnPages()]);
    this.list = organizations;
    if (this.route.kind === 'home') this.goHome();
  }

  private async learnPages(): Promise<void> {
    try {
      this.shown = (await this.api.get<{ items: ModulePage[] }>('/api/v1/pages')).data.items;
      this.pagesFailed = false;
    } catch (error) {
      this.shown = [];
      this.pagesFailed = !(error instanceof ApiError && error.status === 404);
    }
  }

  private goHome(): void {
    const first = this.session.roles[0]?.organization ?? this.list[0]?.id;
    // In place of the empty address, so that "back" leads out of it.
    if (first) history.replaceState(null, '', address('org', first));
    else if (this.session.serverAdmin) history.replaceState(null, '', address('server', 'organizations'));
    this.route = parseRoute(location.hash);
  }

  private async onSignedOut(): Promise<void> {
    if (this.who === null || this.who === 'unknown' || this.ended) return;
    this.ended = true;
    await this.updateComplete;
    this.endedBox?.showModal();
    this.endedBox?.querySelector<HTMLElement>('lms-sign-in')?.focus();
  }

  private async signedInAgain(): Promise<void> {
    this.endedBox?.close();
    this.ended = false;
    // Another object: views that couldn't load take it as a sign to try again.
    this.who = await this.api.get<Session>('/api/v1/session').then(
      (answer) => answer.data,
      () => this.who,
    );
  }

  private async signOut(): Promise<void> {
    await this.api.delete('/api/v1/session').catch(() => null);
    this.leave();
  }

  /** Nothing of the one who leaves stays in the page's memory. */
  private leave(): void {
    history.replaceState(null, '', location.pathname);
    location.reload();
  }

  private async chooseLanguage(language: Language): Promise<void> {
    chooseLanguage(language);
    this.languageAsked = language;
    if (this.who && this.who !== 'unknown') await this.learnPages();
  }

  // -- what is shown ------------------------------------------------------------------------------------------------

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.organization = this.route.kind === 'organization' ? this.route.organization : '';
    this.timeZone = this.list.find((one) => one.id === this.organization)?.timeZone || 'Europe/Moscow';
    if (this.list.some((one) => one.id === this.organization)) this.lastOrganization = this.organization;
    this.takeContext();
    void this.loadView();
  }

  private takeContext(): void {
    const { api, locale, language, kit, organization, session, list: organizations, shown: pages } = this;
    const known = this.shared;
    if (known && known.locale === locale && known.organization === organization && known.session === session && known.organizations === organizations && known.pages === pages) return;
    this.shared = {
      api, locale, language, kit, organization, session, organizations, pages,
      go: (path, how) => this.go(path, how),
      say: (text, urgent) => this.say(text, urgent),
      organizationChanged: (one) => this.organizationChanged(one),
    };
  }

  private get menuOrganization(): string {
    const mine = this.session?.roles?.[0]?.organization ?? '';
    return this.organization || this.lastOrganization || mine;
  }

  protected override updated(): void {
    document.title = this.heading();
  }

  private heading(): string {
    const { words, route } = this;
    if (this.who === null) return `${signInTexts[this.language].title} · ${words.brand}`;
    const section = this.menu().flatMap((one) => one.entries).find((entry) => this.isHere(entry.href));
    const organization = this.list.find((one) => one.id === this.organization)?.legalName ?? '';
    return [section?.title ?? (route.kind === 'password' ? words.changePassword : ''), organization, words.brand].filter(Boolean).join(' · ');
  }

  private async loadView(): Promise<void> {
    const { route } = this;
    const view = route.kind === 'organization' ? organizationViews[route.view] : route.kind === 'server' ? serverViews[route.view] : null;
    const name = this.viewName(route);
    if ((!view && route.kind !== 'password') || this.ready.has(name) || this.viewBroken) return;
    try {
      await (view ? view.load() : import('./password'));
      if (!this.ready.has(name)) this.ready = new Set([...this.ready, name]);
    } catch (error) {
      this.viewBroken = error;
    }
  }

  private viewName(route: Route): string {
    return route.kind === 'organization' || route.kind === 'server' ? `${route.kind}/${route.view}` : route.kind;
  }

  private menu(): Section[] {
    if (!this.who || this.who === 'unknown') return [];
    const organization = this.list.some((one) => one.id === this.menuOrganization) ? this.menuOrganization : '';
    return [...(organization ? organizationMenu(this.words, this.session, organization, this.shown) : []), ...serverMenu(this.words, this.session)];
  }

  private isHere(href: string): boolean {
    const { route } = this;
    if (route.kind === 'organization') return href === address('org', route.organization, route.view === 'edit' ? '' : route.view);
    return route.kind === 'server' && href === address('server', route.view);
  }

  override render(): TemplateResult {
    const { words } = this;
    if (this.who === 'unknown')
      return html`${this.liveRegions()}<main class="gate">${this.broken ? failure(this, this.broken, () => void this.begin()) : loading(this)}</main>`;
    if (this.who === null) return this.signInPage();
    const menu = this.menu();
    return html`${this.liveRegions()}
      <nav aria-label=${words.skips}>
        <a class="skip" href="#main" @click=${(event: Event) => this.skip(event, 'main')}>${words.toContent}</a>
        <a class="skip" href="#menu" @click=${(event: Event) => this.skip(event, '.shell > .side')}>${words.toMenu}</a>
      </nav>
      <lms-top-bar
        .ctx=${this.shared}
        .organization=${this.menuOrganization}
        @open-menu=${() => this.sheet?.showModal()}
        @choose-language=${(event: CustomEvent<Language>) => void this.chooseLanguage(event.detail)}
        @sign-out=${() => void this.signOut()}
      ></lms-top-bar>
      <div class="shell">
        <main class="page" tabindex="-1">${this.view()}</main>
        <nav class="side" aria-label=${words.menuOf} tabindex="-1">${this.sections(menu)}</nav>
      </div>
      <dialog class="sheet" aria-label=${words.menu} @click=${this.closeByClick}>
        <div class="sheet-head">
          <h2>${words.menu}</h2>
          <button class="btn quiet icon" type="button" aria-label=${words.closeMenu} @click=${() => this.sheet?.close()}>${icon('x')}</button>
        </div>
        <nav class="side" aria-label=${words.menuOf}>${this.sections(menu)}</nav>
      </dialog>
      ${this.ended ? this.endedDialog() : nothing}`;
  }

  private endedDialog(): TemplateResult {
    return html`<dialog class="ended" aria-labelledby="ended" @cancel=${(event: Event) => event.preventDefault()}>
      <div class="dialog-head one"><div><h2 id="ended">${signInTexts[this.language].endedTitle}</h2><p>${signInTexts[this.language].endedText}</p></div></div>
      <div class="dialog-body"><lms-sign-in again .ctx=${this.shared} .login=${this.session.login} @signed-in=${() => void this.signedInAgain()}></lms-sign-in></div>
      <div class="dialog-foot"><button class="btn" type="button" @click=${() => this.leave()}>${signInTexts[this.language].another}</button></div>
    </dialog>`;
  }

  private signInPage(): TemplateResult {
    const words = signInTexts[this.language];
    return html`${this.liveRegions()}
      <lms-top-bar .ctx=${this.shared} bare @choose-language=${(event: CustomEvent<Language>) => void this.chooseLanguage(event.detail)}></lms-top-bar>
      <main class="gate">
        <section class="panel" aria-labelledby="sign-in">
          <div class="gate-head"><h1 id="sign-in">${words.title}</h1><p class="muted">${words.lead}</p></div>
          <div class="gate-body"><lms-sign-in .ctx=${this.shared} @signed-in=${() => void this.begin()}></lms-sign-in></div>
        </section>
        <p class="small"><a href="/docs">${this.words.apiDocs}</a></p>
      </main>`;
  }

  private sections(menu: Section[]): TemplateResult {
    return html`${menu.map(
      (section) =>
        html`<h2>${section.title}</h2>
          <ul>
            ${section.entries.map((entry) => html`<li><a href=${entry.href} aria-current=${this.isHere(entry.href) ? 'page' : nothing}>${icon(entry.icon)}<span>${entry.title}</span></a></li>`)}
          </ul>`,
    )}${this.pagesFailed ? html`<p class="small warn-text pages-failed">${this.words.pagesFailed}</p>` : nothing}`;
  }

  private view(): unknown {
    const { route, words } = this;
    if (this.viewBroken) return failure(this, this.viewBroken, () => (this.viewBroken = null));
    if (route.kind === 'home') return this.list.length || this.session.roles.length ? loading(this) : this.nowhere();
    if (route.kind === 'password') return this.ready.has('password') ? html`<lms-password .ctx=${this.shared}></lms-password>` : loading(this);
    if (route.kind === 'unknown') return this.missing();
    if (route.kind === 'server') {
      if (!this.session.serverAdmin) return this.told(words.serverViews[route.view as keyof ShellTexts['serverViews']] ?? words.sections.server, forbidden(words.forbiddenTitle, words.forbiddenServer));
      const view = serverViews[route.view];
      if (!view) return this.missing();
      return this.ready.has(this.viewName(route)) ? keyed(route.rest, view.draw(this.shared, '', route.rest)) : loading(this);
    }
    if (!this.list.some((one) => one.id === route.organization)) return this.foreign();
    const own = organizationViews[route.view];
    if (own) return this.ready.has(this.viewName(route)) ? keyed(route.organization, own.draw(this.shared, route.organization, route.rest)) : loading(this);
    return this.modulePage(route.organization, route.view, route.rest);
  }

  private modulePage(organization: string, id: string, rest: string): unknown {
    const { words } = this;
    const page = pagesFor(this.shown, this.session, organization).find((one) => one.id === id);
    if (page) return html`<lms-module-page .ctx=${this.shared} .page=${page} .path=${rest}></lms-module-page>`;
    const known = this.shown.find((one) => one.id === id);
    if (!known) return this.pagesFailed ? this.told(words.moduleFailedTitle, note('alert', 'bad', words.moduleFailedTitle, words.moduleFailedText)) : this.missing();
    // There is such a page: it needs more of a role, or any.
    const needed = roleIn(this.session, organization) ? words.forbiddenRole(words.roles[known.least]) : words.foreignText;
    return this.told(known.title, forbidden(words.forbiddenTitle, needed));
  }

  private told(title: string, what: TemplateResult): TemplateResult {
    return html`<div class="page-head"><h1>${title}</h1></div>${what}`;
  }
  private missing(): TemplateResult {
    return this.told(this.words.missingTitle, html`<p class="lead">${this.words.missingText}</p>`);
  }
  private foreign(): TemplateResult {
    const mine = this.session.roles[0]?.organization;
    return this.told(
      this.words.foreignTitle,
      html`<p class="lead">${this.words.foreignText}</p>
        ${mine ? html`<div class="btns"><a class="btn" href=${address('org', mine)}>${this.words.toMine}</a></div>` : nothing}`,
    );
  }
  private nowhere(): TemplateResult {
    const { words } = this;
    return html`<div class="page-head"><h1>${words.nowhereTitle}</h1></div>
      ${this.session.serverAdmin
        ? empty('org', words.nowhereTitle, words.adminNowhereText, html`<a class="btn primary" href=${address('server', 'organizations', 'new')}>${words.createOrganization}</a>`)
        : html`<p class="lead">${words.nowhereText}</p><p>${words.signedInAs(this.session.login)}</p>`}`;
  }

  private skip(event: Event, where: string): void {
    event.preventDefault();
    const target = [...this.renderRoot.querySelectorAll<HTMLElement>(where)].find((one) => one.getClientRects().length);
    if (target) target.focus();
    else this.sheet?.showModal();
  }

  private readonly closeByClick = (event: MouseEvent): void => {
    // Beside the sheet, or on one of its links.
    const inside = event.composedPath()[0] as Element;
    if (inside === this.sheet || inside.closest?.('a')) this.sheet?.close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'lms-shell': Shell;
  }
}
