/** The letter that asks University 2035 for a contour's client: as the wizard's letters, with what the settings have already. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { Part, baseStyle, failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { filterStyle, select } from '../footprint/lists/list-part';
import type { ProjectCard } from '../footprint/lists/names';
import ssoCss from './sso.css?inline';
import { texts } from './texts';
import type { Client } from './types';

@customElement('u2035-sso-letter')
export class SsoLetter extends Part {
  static override styles = [baseStyle, filterStyle, unsafeCSS(ssoCss)];

  @property({ attribute: false }) client!: Client;
  @property({ attribute: false }) projects: ProjectCard[] = [];
  @state() private project = '';
  @state() private ready = false;
  @state() private broken: unknown = null;
  @state() private extras: Readonly<Record<string, string>> = {};

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.ready && !this.broken)
      import('../wizard/setup/u2035-letter').then(
        () => (this.ready = true),
        (error: unknown) => (this.broken = error),
      );
    if (changed.has('projects') && !this.projects.some((one) => one.project === this.project)) this.project = this.projects[0]?.project ?? '';
    // The letter has what is saved: after a change it is asked for anew.
    if (changed.has('client')) this.extras = { ...this.extras };
  }

  override render(): TemplateResult {
    const { ctx, client, projects, project } = this;
    const words = texts[ctx.language];
    if (projects.length === 0) return html`<div class="note warn gap-top">${icon('alert')}<p>${words.noProjects}</p></div>`;
    if (client.revision === 0) return html`<div class="note gap-top">${icon('mail')}<p>${words.letterFirst}</p></div>`;
    if (this.broken) return failure(ctx, this.broken, () => (this.broken = null));
    if (!this.ready) return loading(ctx);
    return html`<div class="form gap-top">
      <p class="small muted">${words.letterLead}</p>
      ${projects.length > 1 ? select(words.project, project, projects.map((one) => ({ value: one.project, title: one.title })), (value) => (this.project = value)) : nothing}
      ${client.contour === 'production'
        ? html`<div class="field">
              <label for="leader">${words.leaderId}</label>
              <input class="input mono short" id="leader" inputmode="numeric" autocomplete="off" aria-describedby="leader-says" .value=${this.extras.leaderId ?? ''} @change=${(event: Event) => (this.extras = { leaderId: (event.target as HTMLInputElement).value.trim() })} />
              <p class="hint" id="leader-says">${words.leaderHint}</p>
            </div>
            <p class="small muted">${words.usersMe}</p>`
        : nothing}
      <u2035-letter .ctx=${ctx} .project=${project} .kind=${`sso-${client.contour}`} .extras=${this.extras} .label=${words.letter(words.contours[client.contour])}></u2035-letter>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sso-letter': SsoLetter;
  }
}
