import { ApiError } from '@kit/api';
import { copy } from '@kit/clipboard';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { RoleIn } from '../context';
import { check, field, focusWrong, problemOf } from '../forms';
import { address } from '../route';
import { View, crumbs, refused } from '../view';
import { endOfDay, scopeNames, toggleScope, type Token } from './people';
import './roles-field';
import { peopleTexts } from './texts';

const day = 24 * 3600 * 1000;

/** Makes a token and shows it, once. */
@customElement('lms-token')
export class TokenView extends View<true> {
  @state() private name = '';
  @state() private roles: RoleIn[] = [];
  @state() private scopes: string[] = ['read'];
  @state() private serverAdmin = false;
  @state() private until = '';
  @state() private problem: unknown = null;
  @state() private busy = false;
  @state() private secret = '';
  @state() private copied = '';

  private get words() {
    return peopleTexts[this.ctx.language];
  }
  protected override key(): string {
    return 'token';
  }
  protected override forbidden(): string {
    return this.ctx.session.serverAdmin ? '' : this.shell.forbiddenServer;
  }
  protected override async load(): Promise<true> {
    this.until ||= this.ctx.locale.dateKey(new Date(Date.now() + 90 * day));
    return true;
  }
  protected override wayHere(): TemplateResult {
    return crumbs(this.words.tokens, address('server', 'tokens'), this.heading());
  }
  protected override heading(): string {
    return this.words.newTokenTitle;
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.secret = '';
  }

  protected override draw(): TemplateResult {
    return this.secret ? this.shown() : this.form();
  }

  private shown(): TemplateResult {
    const { words } = this;
    return html`<div class="note ok">
      ${icon('okc')}
      <div>
        <h2 class="note-head" tabindex="-1">${words.tokenMadeTitle}</h2>
        <p>${words.tokenMadeText}</p>
        <div class="once">
          <code id="secret">${this.secret}</code>
          <button class="btn primary" type="button" @click=${() => void this.copySecret()}>${icon('copy')}${words.copyToken}</button>
        </div>
        ${this.copied ? html`<p class="small">${this.copied}</p>` : nothing}
        <div class="btns"><a class="btn" href=${address('server', 'tokens')}>${words.tokenDone}</a></div>
      </div>
    </div>`;
  }

  private form(): TemplateResult {
    const { words } = this;
    const hasFields = this.problem instanceof ApiError && Boolean(this.problem.problem.errors?.length);
    return html`<form class="panel" @submit=${this.submit} novalidate>
      <div class="panel-body alone form">
        ${field(this.ctx, { id: 'name', label: words.tokenName, hint: words.tokenNameHint, value: this.name, problem: problemOf(this.problem, '/name'), onInput: (name) => (this.name = name) })}
        <lms-roles-field .ctx=${this.ctx} .none=${words.tokenNoRoles} .value=${this.roles} .problem=${problemOf(this.problem, '/roles')} @roles-changed=${(event: CustomEvent<RoleIn[]>) => (this.roles = event.detail)}></lms-roles-field>
        <fieldset class="choices">
          <legend class="sub">${words.scopesHead}</legend>
          <p class="hint">${words.scopesHint}</p>
          ${scopeNames.map((scope) =>
            check(this.ctx, {
              id: `scope-${scope}`,
              label: words.scopesText[scope]![0],
              hint: words.scopesText[scope]![1] || undefined,
              checked: this.scopes.includes(scope),
              problem: scope === 'full' ? problemOf(this.problem, '/scopes') : undefined,
              onChange: (on) => (this.scopes = toggleScope(this.scopes, scope, on)),
            }),
          )}
        </fieldset>
        ${check(this.ctx, { id: 'server-admin', label: words.serverAdmin, hint: words.serverAdminHint, checked: this.serverAdmin, onChange: (on) => (this.serverAdmin = on) })}
        ${field(this.ctx, {
          id: 'until',
          label: words.expires,
          hint: words.expiresHint,
          type: 'date',
          value: this.until,
          min: this.ctx.locale.dateKey(new Date()),
          problem: problemOf(this.problem, '/expiresAt'),
          onInput: (until) => (this.until = until),
        })}
        ${this.problem && !hasFields ? refused(this.ctx, this.problem) : nothing}
        <div class="form-foot">
          <button class="btn primary" type="submit" aria-busy=${this.busy ? 'true' : nothing}>${words.createToken}</button>
          <a class="btn" href=${address('server', 'tokens')}>${this.ctx.kit.cancel}</a>
        </div>
      </div>
    </form>`;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    const { name, roles, scopes, serverAdmin } = this;
    // None chosen would mean all of them: say it instead of guessing.
    const body = { name, roles, scopes, serverAdmin, ...(this.until ? { expiresAt: endOfDay(this.until, this.ctx.locale.zone) } : {}) };
    try {
      if (scopes.length === 0) throw new ApiError({ status: 422, code: 'validation', detail: '', errors: [{ pointer: '/scopes', reason: 'is empty' }] });
      const { data } = await this.ctx.api.post<Token>('/api/v1/tokens', body);
      this.secret = data.token ?? '';
      this.ctx.say(this.words.tokenMadeTitle);
    } catch (error) {
      this.problem = error;
    }
    this.busy = false;
    await this.updateComplete;
    if (this.secret) this.renderRoot.querySelector<HTMLElement>('.note-head')?.focus();
    else focusWrong(this.renderRoot);
  }

  private async copySecret(): Promise<void> {
    const how = await copy(this.secret, this.renderRoot.querySelector<HTMLElement>('#secret'));
    this.copied = how === 'copied' ? this.ctx.kit.copied : this.ctx.kit.copyByHand;
    this.ctx.say(this.copied);
  }
}
