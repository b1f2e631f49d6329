import { icon } from '@kit/icons';
import type { Language } from '@kit/locale';
import { baseStyle } from '@kit/element';
import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { roleIn } from './context';
import { shownTheme, toggleTheme } from './preferences';
import { address } from './route';
import shellCss from './shell.css?inline';
import { ShellPart, viewStyle } from './view';

/** The bar at the top: brand, organization, language, theme, who is in, and the menu's button where the menu is a sheet. */
@customElement('lms-top-bar')
export class TopBar extends ShellPart {
  static override styles = [baseStyle, viewStyle, unsafeCSS(shellCss)];
  @property() organization = '';
  /** Nobody is in. */
  @property({ type: Boolean }) bare = false;
  @state() private open = false;
  @state() private theme = shownTheme();

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.outside);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', this.look);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.outside);
    matchMedia('(prefers-color-scheme: dark)').removeEventListener('change', this.look);
  }
  private readonly look = (): void => {
    this.theme = shownTheme();
  };
  private readonly outside = (event: Event): void => {
    const account = this.renderRoot.querySelector('.account');
    if (this.open && account && !event.composedPath().includes(account)) this.open = false;
  };

  override render(): TemplateResult {
    const words = this.shell;
    const dark = this.theme === 'dark';
    return html`<header class="top ${this.bare ? 'bare' : ''}">
      <a class="brand" href=${this.bare ? '/' : '#/'} aria-label="${words.brand}: ${words.home}">
        <svg viewBox="0 0 26 26" fill="none" aria-hidden="true"><path d="M4 21.5c3.5 0 3.5-5.5 7-5.5s3.5-5.5 7-5.5" stroke="currentColor" stroke-width="2" stroke-linecap="round" /><circle cx="21" cy="6.5" r="3.5" fill="currentColor" /><circle cx="4" cy="21.5" r="2" fill="currentColor" /></svg>
        <span>${words.brand}</span>
      </a>
      ${this.bare ? nothing : this.organizationChoice()}
      <div class="top-right">
        ${this.languages()}
        <button
          class="btn quiet icon small"
          type="button"
          aria-label=${dark ? words.lightTheme : words.darkTheme}
          @click=${() => {
            toggleTheme();
            this.look();
          }}
        >
          ${icon(dark ? 'sun' : 'moon')}
        </button>
        ${this.bare ? nothing : html`${this.account()}<button class="btn quiet icon small burger" type="button" aria-label=${words.openMenu} aria-haspopup="dialog" @click=${() => this.tell('open-menu')}>${icon('menu')}</button>`}
      </div>
    </header>`;
  }

  /** In the bar, and on a phone in the account's menu: there the bar has room for the organization's name only. */
  private languages(): TemplateResult {
    return html`<div class="lang" role="group" aria-label=${this.shell.language}>${this.languageButton('ru', 'RU')}${this.languageButton('en', 'EN')}</div>`;
  }

  private languageButton(language: Language, text: string): TemplateResult {
    return html`<button type="button" lang=${language} aria-pressed=${String(this.ctx.language === language)} @click=${() => this.tell('choose-language', language)}>${text}</button>`;
  }

  private organizationChoice(): unknown {
    const { session, organizations } = this.ctx;
    // Those where one has a role, and the one that is open.
    const mine = organizations.filter((one) => roleIn(session, one.id) || one.id === this.organization);
    const here = mine.find((one) => one.id === this.organization);
    if (mine.length === 0) return nothing;
    if (mine.length === 1 && here) return html`<p class="org only"><span>${here.legalName}</span></p>`;
    return html`<span class="select org">
      <select class="input" aria-label=${this.shell.chooseOrganization} @change=${(event: Event) => this.ctx.go(address('org', (event.target as HTMLSelectElement).value))}>
        ${here ? nothing : html`<option value="" selected disabled>${this.shell.chooseOrganization}</option>`}
        ${mine.map((one) => html`<option value=${one.id} .selected=${one.id === this.organization}>${one.legalName}</option>`)}
      </select>
      ${icon('chevd', 's')}
    </span>`;
  }

  private account(): TemplateResult {
    const words = this.shell;
    const { session } = this.ctx;
    const role = roleIn(session, this.organization);
    const title = role ? words.roles[role] : session.serverAdmin ? words.serverAdmin : words.noRole;
    const name = session.name || session.login;
    return html`<div class="account" @keydown=${this.onKey} @focusout=${this.onFocusOut}>
      <button class="who" type="button" aria-expanded=${String(this.open)} aria-controls="account" aria-label="${words.account}: ${name}, ${title}" @click=${() => (this.open = !this.open)}>
        <span class="avatar" aria-hidden="true">${initials(name)}</span>
        <span class="who-text"><b>${name}</b><span class="faint">${title}</span></span>
        ${icon('chevd', 's')}
      </button>
      <div class="account-menu" id="account" ?hidden=${!this.open}>
        <p class="small muted">${words.signedInAs(session.login)}</p>
        ${this.languages()}
        <ul>
          <li><a href=${address('password')} @click=${() => (this.open = false)}>${icon('key')}${words.changePassword}</a></li>
          <li><a href="/docs">${icon('code')}${words.apiDocs}</a></li>
          <li><button type="button" @click=${() => this.tell('sign-out')}>${icon('exit')}${words.signOut}</button></li>
        </ul>
      </div>
    </div>`;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.open) return;
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('.who')?.focus();
  };
  private readonly onFocusOut = (event: FocusEvent): void => {
    const next = event.relatedTarget as Node | null;
    if (next && !(event.currentTarget as Element).contains(next)) this.open = false;
  };

  private tell(name: string, detail: unknown = null): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return (words.length > 1 ? words[0]![0]! + words[1]![0]! : name.slice(0, 2)).toUpperCase();
}
