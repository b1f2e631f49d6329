import { icon } from '@kit/icons';
import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Organization } from '../context';
import { address } from '../route';
import { View, empty, firstPage, moreButton, nextPage, type Gathered } from '../view';
import { serverTexts } from './texts';

const path = '/api/v1/organizations';

@customElement('lms-organizations')
export class Organizations extends View<Gathered<Organization>> {
  private get words() {
    return serverTexts[this.ctx.language];
  }
  protected override load(signal: AbortSignal): Promise<Gathered<Organization>> {
    return firstPage<Organization>(this.ctx, path, {}, signal);
  }
  protected override heading(): string {
    return this.words.organizations;
  }
  protected override lead(): TemplateResult {
    return html`<p class="lead">${this.words.organizationsLead}</p>`;
  }
  protected override actions(): TemplateResult {
    return html`<div class="btns"><a class="btn primary" href=${address('server', 'organizations', 'new')}>${icon('plus')}${this.words.addOrganization}</a></div>`;
  }

  protected override draw(list: Gathered<Organization>): TemplateResult {
    const { words } = this;
    if (list.items.length === 0) return empty('org', words.noOrganizationsTitle, words.noOrganizationsText);
    return html`<section class="panel">
      <div class="table-wrap">
        <table class="stackable">
          <thead><tr><th scope="col">${words.organization}</th><th scope="col">${words.tariff}</th><th scope="col">${words.openProjects}</th></tr></thead>
          <tbody>
            ${list.items.map(
              (one) =>
                html`<tr>
                  <td><b><a href=${address('org', one.id)}>${one.legalName}</a></b><small class="mono">${one.id}</small></td>
                  <td data-label=${words.tariff}>${this.shell.tariffs[one.tariff] ?? one.tariff}</td>
                  <td data-label=${words.openProjects}>${one.projects.length ? one.projects.join(', ') : this.shell.unknown}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${moreButton(this.ctx, list, () => void this.more())}
    </section>`;
  }

  private async more(): Promise<void> {
    try {
      this.data = await nextPage<Organization>(this.ctx, path, this.data!);
    } catch (error) {
      this.error = error;
    }
  }
}
