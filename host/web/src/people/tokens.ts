import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import '../confirm';
import type { Confirm } from '../confirm';
import { address } from '../route';
import { View, empty, firstPage, moreButton, nextPage, refused, type Gathered } from '../view';
import type { Token } from './people';
import { peopleTexts } from './texts';

const path = '/api/v1/tokens';

@customElement('lms-tokens')
export class Tokens extends View<Gathered<Token>> {
  @state() private problem: unknown = null;
  @query('lms-confirm') private confirm!: Confirm;

  private get words() {
    return peopleTexts[this.ctx.language];
  }
  protected override forbidden(): string {
    return this.ctx.session.serverAdmin ? '' : this.shell.forbiddenServer;
  }
  protected override load(signal: AbortSignal): Promise<Gathered<Token>> {
    return firstPage<Token>(this.ctx, path, {}, signal);
  }
  protected override heading(): string {
    return this.words.tokens;
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.words.tokensLead}</p>`;
  }
  protected override actions(): TemplateResult {
    return html`<div class="btns"><a class="btn primary" href=${address('server', 'tokens', 'new')}>${icon('plus')}${this.words.addToken}</a></div>`;
  }

  protected override draw(list: Gathered<Token>): TemplateResult {
    const { words } = this;
    return html`${this.problem ? refused(this.ctx, this.problem) : nothing}
      ${list.items.length === 0
        ? empty('key', words.noTokensTitle, words.noTokensText)
        : html`<section class="panel">
            <div class="table-wrap">
              <table class="stackable">
                <thead><tr><th scope="col">${words.tokenName}</th><th scope="col">${words.rolesHead}</th><th scope="col">${words.scopesHead}</th><th scope="col">${words.expires}</th><th scope="col">${words.seen}</th><th scope="col"><span class="sr">${words.withdraw}</span></th></tr></thead>
                <tbody>${list.items.map((token) => this.row(token))}</tbody>
              </table>
            </div>
            ${moreButton(this.ctx, list, () => void this.more())}
          </section>`}
      <lms-confirm .ctx=${this.ctx}></lms-confirm>`;
  }

  private row(token: Token): TemplateResult {
    const { words } = this;
    const { locale } = this.ctx;
    const over = new Date(token.expiresAt) < new Date();
    return html`<tr>
      <td><b>${token.name}</b><small>•••• ${token.lastFour}, ${words.of} ${token.createdBy}</small></td>
      <td data-label=${words.rolesHead}>
        <div>
          ${token.serverAdmin ? html`<div>${this.shell.serverAdmin}</div>` : nothing}
          ${token.roles.map((one) => html`<div>${this.shell.roles[one.role]} <span class="faint">${this.ctx.organizations.find((known) => known.id === one.organization)?.legalName ?? one.organization}</span></div>`)}
        </div>
      </td>
      <td data-label=${words.scopesHead}>${token.scopes.map((scope) => words.scopesText[scope]?.[0] ?? scope).join(', ')}</td>
      <td data-label=${words.expires}><span><span class="num">${locale.day(token.expiresAt)}</span> ${over ? html`<span class="badge warn">${icon('clock')}${words.expired}</span>` : nothing}</span></td>
      <td data-label=${words.seen}>${token.seenAt ? locale.moment(token.seenAt) : words.never}</td>
      <td class="act"><button class="btn small danger-quiet" type="button" aria-label="${words.withdraw}: ${token.name}" @click=${() => void this.withdraw(token)}>${words.withdraw}</button></td>
    </tr>`;
  }

  private async withdraw(token: Token): Promise<void> {
    const { words } = this;
    if (!(await this.confirm.ask(words.withdrawTitle(token.name), words.withdrawText, words.withdraw))) return;
    this.problem = null;
    try {
      await this.ctx.api.delete(`${path}/${encodeURIComponent(token.id)}`);
      this.data = { ...this.data!, items: this.data!.items.filter((one) => one.id !== token.id) };
      this.ctx.say(words.withdrawn(token.name));
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
    } catch (error) {
      this.problem = error;
    }
  }

  private async more(): Promise<void> {
    try {
      this.data = await nextPage<Token>(this.ctx, path, this.data!);
    } catch (error) {
      this.problem = error;
    }
  }
}
