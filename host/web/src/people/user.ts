import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import '../confirm';
import type { Confirm } from '../confirm';
import type { RoleIn } from '../context';
import { FormView } from '../form-view';
import { check, field, problemOf } from '../forms';
import { address } from '../route';
import { crumbs } from '../view';
import type { User } from './people';
import './roles-field';
import { peopleTexts } from './texts';

const blank: User = { login: '', name: '', serverAdmin: false, disabled: false, roles: [], createdAt: '', version: 0 };

/** One person; `path` is the login, "new" makes one. */
@customElement('lms-user')
export class UserView extends FormView<User> {
  constructor() {
    super(blank);
  }

  @state() private password = '';
  @query('lms-confirm') private confirm!: Confirm;

  private get words() {
    return peopleTexts[this.ctx.language];
  }
  protected override get isNew(): boolean {
    return this.path === 'new';
  }
  protected override get resource(): string {
    return `/api/v1/users/${encodeURIComponent(this.path)}`;
  }
  protected override key(): string {
    return `user ${this.path}`;
  }
  protected override forbidden(): string {
    return this.ctx.session.serverAdmin ? '' : this.shell.forbiddenServer;
  }
  protected override async load(signal: AbortSignal): Promise<true> {
    await this.read(signal);
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
    return html`${this.conflictNote(words.conflictTitle, words.conflict)}
      <form class="panel" @submit=${(event: Event) => this.save(event, () => this.send())} novalidate>
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
          ${this.refusal()}
          <div class="form-foot">
            <button class="btn primary" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${this.isNew ? words.create : this.shell.save}</button>
            <a class="btn" href=${address('server', 'users')}>${this.ctx.kit.cancel}</a>
            ${this.isNew ? nothing : html`<button class="btn danger-quiet" type="button" @click=${() => void this.takeAway()}>${this.shell.remove}</button>`}
          </div>
        </div>
      </form>
      <lms-confirm .ctx=${this.ctx}></lms-confirm>`;
  }

  private async send(): Promise<void> {
    const { login, name, serverAdmin, disabled, roles } = this.typed;
    if (this.isNew) await this.ctx.api.post('/api/v1/users', { login, password: this.password, name, serverAdmin, roles });
    else await this.ctx.api.put(this.resource, { name, serverAdmin, disabled, roles, ...(this.password ? { password: this.password } : {}) }, { ifMatch: this.etag });
    this.password = '';
    this.ctx.say(this.words.savedUser(name || login));
    this.ctx.go(address('server', 'users'));
  }

  private async takeAway(): Promise<void> {
    const name = this.known.name || this.path;
    if (!(await this.confirm.ask(this.words.removeTitle(name), this.words.removeText, this.shell.remove))) return;
    await this.attempt(async () => {
      await this.ctx.api.delete(this.resource, { ifMatch: this.etag });
      this.ctx.say(this.words.removed(name));
      this.ctx.go(address('server', 'users'));
    });
  }
}
