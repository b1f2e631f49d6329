import { ApiError } from '@kit/api';
import { icon } from '@kit/icons';
import { wordsOf } from '@kit/element';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { field } from './forms';
import { throttledSeconds, worded } from './refusals';
import { signInTexts } from './sign-in-texts';
import { ShellPart } from './view';

/**
 * Login and password. Event "signed-in": the session is there. As a page of its own, and in a dialog over a page whose session has
 * ended, so that what was typed there stays.
 */
@customElement('lms-sign-in')
export class SignIn extends ShellPart {
  /** Whose session has ended: shown and not to be changed. */
  @property() login = '';
  @property({ type: Boolean }) again = false;
  @state() private typed = '';
  @state() private password = '';
  @state() private problem = '';
  @state() private waitSeconds = 0;
  @state() private busy = false;
  private timer = 0;

  private get words() {
    return signInTexts[this.ctx.language];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.password = '';
  }

  override render(): TemplateResult {
    const { words } = this;
    return html`<form class="form" @submit=${this.submit} novalidate>
      ${field(this.ctx, { id: 'login', label: words.login, value: this.again ? this.login : this.typed, autocomplete: 'username', mono: true, readOnly: this.again, onInput: (value) => (this.typed = value) })}
      ${field(this.ctx, { id: 'password', label: words.password, type: 'password', value: this.password, autocomplete: 'current-password', onInput: (value) => (this.password = value) })}
      <div class="told" role="alert">${this.problem ? html`<div class="note bad">${icon('excl')}<p>${this.problem}</p></div>` : nothing}</div>
      <div class="form-foot">
        <button class="btn primary" type="submit" aria-busy=${this.busy ? 'true' : nothing} ?disabled=${this.waitSeconds > 0} aria-describedby=${this.waitSeconds ? 'wait' : nothing}>
          ${this.busy ? html`<span class="spin" aria-hidden="true"></span>` : nothing}${words.enter}
        </button>
        ${this.waitSeconds ? html`<span class="status num" id="wait" aria-hidden="true">${words.left(this.waitText())}</span>` : nothing}
      </div>
    </form>`;
  }

  private waitText(): string {
    const { locale } = this.ctx;
    const { words } = this;
    return this.waitSeconds > 90 ? locale.count(Math.ceil(this.waitSeconds / 60), words.minutes) : locale.count(this.waitSeconds, words.seconds);
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy || this.waitSeconds) return;
    const login = (this.again ? this.login : this.typed).trim();
    this.problem = '';
    if (!login || !this.password) {
      this.problem = this.words.fillBoth;
      this.focusOn(login ? 'password' : 'login');
      return;
    }
    this.busy = true;
    try {
      await this.ctx.api.post('/api/v1/session', { login, password: this.password });
      this.password = '';
      this.ctx.api.forget();
      this.dispatchEvent(new CustomEvent('signed-in'));
    } catch (error) {
      this.password = '';
      this.refused(error);
    }
    this.busy = false;
  }

  private refused(error: unknown): void {
    if (error instanceof ApiError && error.code === 'sign-in-throttled') {
      this.waitSeconds = throttledSeconds(error) || 30;
      // Said once; the seconds that run are for the eye only.
      this.problem = this.words.throttled(this.waitText());
      clearInterval(this.timer);
      this.timer = window.setInterval(() => {
        this.waitSeconds -= 1;
        if (this.waitSeconds > 0) return;
        clearInterval(this.timer);
        this.problem = '';
        this.focusOn('password');
      }, 1000);
      return;
    }
    if (error instanceof ApiError && error.code === 'sign-in-failed') this.problem = this.words.wrong;
    else {
      const said = wordsOf(this.ctx.kit, worded(this.ctx.language, error));
      this.problem = [said.title, said.detail, said.fix].filter(Boolean).map((text) => text.replace(/[.]?$/, '.')).join(' ');
    }
    this.focusOn('password');
  }

  /** Where a person begins. */
  override focus(): void {
    this.focusOn(this.again ? 'password' : 'login');
  }

  private focusOn(id: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus());
  }
}
