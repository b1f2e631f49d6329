/** The OAuth clients of both contours, side by side, and what each error code means. */

import { html, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Page } from '@kit/api';
import { icon } from '@kit/icons';
import { ListPart } from '../footprint/lists/list-part';
import { namesOf, type ProjectCard } from '../footprint/lists/names';
import './client-form';
import type { failures } from './failures';
import ssoCss from './sso.css?inline';
import { texts } from './texts';
import { contours, type Client } from './types';

@customElement('u2035-sso-settings')
export class SsoSettings extends ListPart {
  static override styles = [...ListPart.styles, unsafeCSS(ssoCss)];

  @state() private clients: Client[] = [];
  /** Asked for when somebody opens it. */
  @state() private meanings: typeof failures = [];
  @state() private projects: ProjectCard[] = [];

  protected override get forbidden(): string {
    return texts[this.ctx.language].forbidden;
  }

  protected override async fetch(signal: AbortSignal): Promise<void> {
    const [clients, projects] = await Promise.all([this.ctx.api.get<Page<Client>>(`${this.base}/sso/clients`, { signal }), namesOf(this.ctx).projects()]);
    this.clients = clients.data.items;
    this.projects = projects;
  }

  private readonly explain = async (): Promise<void> => {
    this.meanings = (await import('./failures')).failures;
  };

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const next = contours.find((contour) => !this.clients.find((one) => one.contour === contour)?.configured);
    const view = () => html`<div class="contours">
        ${contours.map((contour) => html`<u2035-sso-client .ctx=${this.ctx} .given=${this.clients.find((one) => one.contour === contour)!} .projects=${this.projects} .next=${contour === next}></u2035-sso-client>`)}
      </div>
      <details class="more gap-top" @toggle=${this.explain}>
        <summary>${icon('chev', 's')}${words.errors}</summary>
        <p class="small muted">${words.errorsLead}</p>
        <dl class="meanings">
          ${this.meanings.map((one) => html`<div><dt><code>${one.code}</code></dt><dd>${one[this.ctx.language].cause}</dd><dd>${one[this.ctx.language].fix}</dd></div>`)}
        </dl>
      </details>`;
    // Asked for anew in another language, it stays: what was typed is in its fields.
    return this.clients.length > 0 && !this.failed ? view() : this.body(view);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sso-settings': SsoSettings;
  }
}
