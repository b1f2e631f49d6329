import { ApiError } from '@kit/api';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { field, focusWrong, problemOf } from './forms';
import { signInTexts } from './sign-in-texts';
import { ShellPart, note, refused } from './view';

@customElement('lms-password')
export class Password extends ShellPart {
  @state() private current = '';
  @state() private next = '';
  @state() private repeat = '';
  @state() private error: unknown = null;
  @state() private differ = false;
  @state() private busy = false;
  @state() private done = false;

  override render(): TemplateResult {
    const words = signInTexts[this.ctx.language];
    const hasFields = this.error instanceof ApiError && Boolean(this.error.problem.errors?.length);
    return html`<div class="page-head"><div class="head-main"><h1 tabindex="-1">${words.passwordTitle}</h1><p class="lead">${words.passwordLead}</p></div></div>
      ${this.done ? note('okc', 'ok', words.changedTitle, words.changedText) : nothing}
      <form class="panel form" @submit=${this.submit} novalidate>
        <div class="panel-body alone form">
          <!-- So that password keepers know whose it is. -->
          <input type="text" autocomplete="username" .value=${this.ctx.session.login} hidden />
          ${field(this.ctx, { id: 'current', label: words.current, type: 'password', autocomplete: 'current-password', value: this.current, problem: problemOf(this.error, '/current'), onInput: (value) => (this.current = value) })}
          ${field(this.ctx, { id: 'next', label: words.next, type: 'password', autocomplete: 'new-password', value: this.next, hint: words.nextHint, problem: problemOf(this.error, '/password'), onInput: (value) => (this.next = value) })}
          ${field(this.ctx, {
            id: 'repeat',
            label: words.repeat,
            type: 'password',
            autocomplete: 'new-password',
            value: this.repeat,
            problem: this.differ ? { pointer: '/repeat', reason: words.differ, fix: words.differFix.replace(/\.$/, '') } : undefined,
            onInput: (value) => (this.repeat = value),
          })}
          ${this.error && !hasFields ? refused(this.ctx, this.error) : nothing}
          <div class="form-foot"><button class="btn primary" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${words.change}</button></div>
        </div>
      </form>`;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.error = null;
    this.done = false;
    this.differ = this.next !== this.repeat;
    if (!this.differ) {
      this.busy = true;
      try {
        await this.ctx.api.put('/api/v1/session/password', { current: this.current, password: this.next });
        this.current = this.next = this.repeat = '';
        this.done = true;
        this.ctx.say(signInTexts[this.ctx.language].changedTitle);
      } catch (error) {
        this.error = error;
      }
      this.busy = false;
    }
    await this.updateComplete;
    focusWrong(this.renderRoot);
  }
}
