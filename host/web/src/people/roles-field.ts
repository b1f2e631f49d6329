import { icon } from '@kit/icons';
import type { FieldProblem } from '@kit/api';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { roles, type Role, type RoleIn } from '../context';
import { select } from '../forms';
import { fieldWords } from '../refusals';
import { ShellPart } from '../view';
import { peopleTexts } from './texts';

/** Which role in which organization. Event "roles-changed" {detail: RoleIn[]}. */
@customElement('lms-roles-field')
export class RolesField extends ShellPart {
  @property({ attribute: false }) value: RoleIn[] = [];
  /** What it means to have none. */
  @property() none = '';
  @property({ attribute: false }) problem: FieldProblem | undefined;

  override render(): TemplateResult {
    const words = peopleTexts[this.ctx.language];
    const free = this.ctx.organizations.filter((one) => !this.value.some((role) => role.organization === one.id));
    const nameOf = (id: string) => this.ctx.organizations.find((one) => one.id === id)?.legalName ?? id;
    const wrong = this.problem && fieldWords(this.ctx.language, this.problem);
    return html`<fieldset class="choices" aria-describedby="hint">
      <legend class="sub">${words.rolesHead}</legend>
      <p class="hint" id="hint">${words.rolesHint}</p>
      ${this.value.length === 0 ? html`<p class="muted small">${this.none || words.noRoles}</p>` : nothing}
      ${this.value.map(
        (one, i) =>
          html`<div class="role-row">
            ${select(this.ctx, {
              id: `organization-${i}`,
              label: words.organization,
              value: one.organization,
              options: [[one.organization, nameOf(one.organization)], ...free.map((other) => [other.id, other.legalName] as const)],
              onInput: (organization) => this.change(i, { ...one, organization }),
            })}
            ${select(this.ctx, {
              id: `role-${i}`,
              label: words.role,
              value: one.role,
              options: roles.map((role) => [role, this.shell.roles[role]] as const),
              onInput: (role) => this.change(i, { ...one, role: role as Role }),
            })}
            <button class="btn icon" type="button" aria-label=${words.removeRole(nameOf(one.organization))} @click=${() => void this.takeAway(i)}>${icon('x')}</button>
          </div>`,
      )}
      ${wrong ? html`<p class="bad-text small" role="alert">${wrong.reason}. ${wrong.fix}</p>` : nothing}
      <div class="btns">
        <button class="btn small add" type="button" ?disabled=${free.length === 0} aria-describedby=${free.length === 0 ? 'none-left' : nothing} @click=${() => this.set([...this.value, { organization: free[0]!.id, role: 'viewer' }])}>
          ${icon('plus', 's')}${words.addRole}
        </button>
        ${free.length === 0 ? html`<span class="small faint grow" id="none-left">${this.ctx.organizations.length ? words.everyOrganization : words.noOrganizations}</span>` : nothing}
      </div>
    </fieldset>`;
  }

  private change(i: number, to: RoleIn): void {
    this.set(this.value.map((one, j) => (i === j ? to : one)));
  }
  private async takeAway(i: number): Promise<void> {
    this.set(this.value.filter((_, j) => i !== j));
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.add')?.focus();
  }
  private set(value: RoleIn[]): void {
    this.value = value;
    this.dispatchEvent(new CustomEvent('roles-changed', { detail: value }));
  }
}
