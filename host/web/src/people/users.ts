import { everyItem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { address } from '../route';
import { View, empty, firstPage, moreButton, nextPage, type Gathered } from '../view';
import type { User } from './people';
import { peopleTexts } from './texts';

const path = '/api/v1/users';

/** Who may sign in: all of the server's, or those who have a role in an organization. */
@customElement('lms-users')
export class Users extends View<Gathered<User>> {
  private get words() {
    return peopleTexts[this.ctx.language];
  }
  protected override forbidden(): string {
    return this.ctx.session.serverAdmin ? '' : this.shell.forbiddenServer;
  }
  protected override async load(signal: AbortSignal): Promise<Gathered<User>> {
    if (!this.organization) return firstPage<User>(this.ctx, path, {}, signal);
    // The list of an organization is a part of the server's.
    const all = await everyItem<User>(this.ctx.api, path, { signal });
    return { items: all.filter((user) => user.roles.some((one) => one.organization === this.organization)), next: null };
  }
  protected override heading(): string {
    return this.words.users;
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.organization ? this.words.ofOrganizationLead : this.words.usersLead}</p>`;
  }
  protected override actions(): TemplateResult {
    return html`<div class="btns"><a class="btn primary" href=${address('server', 'users', 'new')}>${icon('plus')}${this.words.add}</a></div>`;
  }

  protected override draw(list: Gathered<User>): TemplateResult {
    const { words } = this;
    if (list.items.length === 0) return empty('users', words.noOneTitle, words.noOneText);
    return html`<section class="panel">
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${words.person}</th><th scope="col">${this.organization ? words.role : words.rolesHead}</th><th scope="col">${words.state}</th><th scope="col">${words.created}</th></tr></thead>
          <tbody>
            ${list.items.map(
              (user) =>
                html`<tr>
                  <td><b><a href=${`${address('server', 'users')}/${encodeURIComponent(user.login)}`}>${user.name || user.login}</a></b><small class="mono">${user.login}</small></td>
                  <td data-label=${this.organization ? words.role : words.rolesHead}>${this.roles(user)}</td>
                  <td data-label=${words.state}>${user.disabled ? html`<span class="badge warn">${icon('lock')}${words.disabled}</span>` : words.active}</td>
                  <td data-label=${words.created} class="num">${this.ctx.locale.day(user.createdAt)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${moreButton(this.ctx, list, () => void this.more())}
    </section>`;
  }

  private roles(user: User): TemplateResult {
    const here = user.roles.filter((one) => !this.organization || one.organization === this.organization);
    const nameOf = (id: string) => this.ctx.organizations.find((one) => one.id === id)?.legalName ?? id;
    const line = (one: User['roles'][number]) => html`<div>${this.shell.roles[one.role]}${this.organization ? nothing : html` <span class="faint">${nameOf(one.organization)}</span>`}</div>`;
    return html`<div>
      ${user.serverAdmin ? html`<div>${this.shell.serverAdmin}</div>` : nothing}
      ${here.map(line)}${!user.serverAdmin && here.length === 0 ? html`<span class="faint">${this.shell.noRole}</span>` : nothing}
    </div>`;
  }

  private async more(): Promise<void> {
    try {
      this.data = await nextPage<User>(this.ctx, path, this.data!);
    } catch (error) {
      this.error = error;
    }
  }
}
