import { ApiError } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import '../confirm';
import type { Confirm } from '../confirm';
import type { RoleIn } from '../context';
import { check, field, focusWrong, problemOf, rebased } from '../forms';
import { address } from '../route';
import { View, crumbs, refused } from '../view';
import type { User } from './people';
import './roles-field';
import { peopleTexts } from './texts';

const blank: User = { login: '', name: '', serverAdmin: false, disabled: false, roles: [], createdAt: '', version: 0 };

/** One person; `path` is the login, "new" makes one. */
@customElement('lms-user')
export class UserView extends View<true> {
  @state() private typed: User = blank;
  @state() private password = '';
  @state() private problem: unknown = null;
  @state() private conflict = false;
  @state() private busy = false;
  @query('lms-confirm') private confirm!: Confirm;
  private known: User = blank;
  private etag = '';

  private get words() {
    return peopleTexts[this.ctx.language];
  }
  private get isNew(): boolean {
    return this.path === 'new';
  }
  private get resource(): string {
    return `/api/v1/users/${encodeURIComponent(this.path)}`;
  }
  protected override key(): string {
    return `user ${this.path}`;
  }
  protected override forbidden(): string {
    return this.ctx.session.serverAdmin ? '' : this.shell.forbiddenServer;
  }
  protected override async load(signal: AbortSignal): Promise<true> {
    if (!this.isNew) {
      const { data, etag } = await this.ctx.api.get<User>(this.resource, { signal });
      this.known = this.typed = data;
      this.etag = etag;
    }
    return true;
  }
  protected override wayHere(): TemplateResult {
    return crumbs(this.words.users, address('server', 'users'), this.heading());
  }
  protected override heading(): string {
    return this.isNew ? this.words.newTitle : this.known.name || this.path;
  }
  protected override lead(): unknown {
    return this.isNew ? nothing : html`<p class="muted mono">${this.path}</p>`;
  }

  protected override draw(): TemplateResult {
    const { words, typed } = this;
    const hasFields = this.problem instanceof ApiError && Boolean(this.problem.problem.errors?.length);
    return html`${this.conflict
        ? html`<div class="note warn" role="alert">${icon('alert')}<div><h2 class="note-head">${words.conflictTitle}</h2><p>${words.conflict}</p></div></div>`
        : nothing}
      <form class="panel" @submit=${this.submit} novalidate>
        <div class="panel-body alone form">
          ${this.isNew
            ? field(this.ctx, { id: 'login', label: words.login, value: typed.login, hint: words.loginHint, mono: true, problem: problemOf(this.problem, '/login'), onInput: (login) => this.set({ login }) })
            : nothing}
          ${field(this.ctx, { id: 'name', label: words.name, value: typed.name, hint: words.nameHint, problem: problemOf(this.problem, '/name'), onInput: (name) => this.set({ name }) })}
          ${field(this.ctx, {
            id: 'password',
            label: this.isNew ? words.password : words.newPassword,
            hint: this.isNew ? words.passwordHint : words.newPasswordHint,
            type: 'password',
            autocomplete: 'new-password',
            value: this.password,
            problem: problemOf(this.problem, '/password'),
            onInput: (password) => (this.password = password),
          })}
          <lms-roles-field .ctx=${this.ctx} .value=${typed.roles} .problem=${problemOf(this.problem, '/roles')} @roles-changed=${(event: CustomEvent<RoleIn[]>) => this.set({ roles: event.detail })}></lms-roles-field>
          ${check(this.ctx, { id: 'server-admin', label: words.serverAdmin, hint: words.serverAdminHint, checked: typed.serverAdmin, onChange: (serverAdmin) => this.set({ serverAdmin }) })}
          ${this.isNew ? nothing : check(this.ctx, { id: 'disabled', label: words.disable, hint: words.disableHint, checked: typed.disabled, onChange: (disabled) => this.set({ disabled }) })}
          ${this.problem && !hasFields ? refused(this.ctx, this.problem) : nothing}
          <div class="form-foot">
            <button class="btn primary" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${this.isNew ? words.create : this.shell.save}</button>
            <a class="btn" href=${address('server', 'users')}>${this.ctx.kit.cancel}</a>
            ${this.isNew ? nothing : html`<button class="btn danger-quiet" type="button" @click=${() => void this.takeAway()}>${this.shell.remove}</button>`}
          </div>
        </div>
      </form>
      <lms-confirm .ctx=${this.ctx}></lms-confirm>`;
  }

  private set(change: Partial<User>): void {
    this.typed = { ...this.typed, ...change };
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    this.conflict = false;
    const { login, name, serverAdmin, disabled, roles } = this.typed;
    try {
      if (this.isNew) await this.ctx.api.post('/api/v1/users', { login, password: this.password, name, serverAdmin, roles });
      else await this.ctx.api.put(this.resource, { name, serverAdmin, disabled, roles, ...(this.password ? { password: this.password } : {}) }, { ifMatch: this.etag });
      this.password = '';
      this.ctx.say(this.words.savedUser(name || login));
      this.ctx.go(address('server', 'users'));
    } catch (error) {
      this.problem = error;
      if (error instanceof ApiError && error.status === 412) await this.takeTheirs();
    }
    this.busy = false;
    await this.updateComplete;
    focusWrong(this.renderRoot);
  }

  private async takeTheirs(): Promise<void> {
    try {
      const { data, etag } = await this.ctx.api.get<User>(this.resource);
      this.typed = { ...rebased(this.known, data, this.typed), version: data.version };
      this.known = data;
      this.etag = etag;
      this.problem = null;
      this.conflict = true;
    } catch (error) {
      this.problem = error;
    }
  }

  private async takeAway(): Promise<void> {
    const name = this.known.name || this.path;
    if (!(await this.confirm.ask(this.words.removeTitle(name), this.words.removeText, this.shell.remove))) return;
    this.problem = null;
    try {
      await this.ctx.api.delete(this.resource, { ifMatch: this.etag });
      this.ctx.say(this.words.removed(name));
      this.ctx.go(address('server', 'users'));
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) await this.takeTheirs();
      else this.problem = error;
    }
  }
}
