/** The OAuth clients of both contours, side by side, and what each error code means. */

import { html, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Page } from '@kit/api';
import { failure } from '@kit/element';
import { icon } from '@kit/icons';
import { ListPart } from '../footprint/lists/list-part';
import { namesOf, type ProjectCard } from '../footprint/lists/names';
import './client-form';
import ssoCss from './sso.css?inline';
import { texts } from './texts';
import { contours, type Client, type Meaning } from './types';

@customElement('u2035-sso-settings')
export class SsoSettings extends ListPart {
  static override styles = [...ListPart.styles, unsafeCSS(ssoCss)];

  @state() private clients: Client[] = [];
  /** Asked for when somebody opens it. */
  @state() private meanings: readonly Meaning[] = [];
  @state() private unexplained: unknown = null;
  @state() private projects: ProjectCard[] = [];
  private explained = '';

  protected override get forbidden(): string {
    return texts[this.ctx.language].forbidden;
  }

  protected override async fetch(signal: AbortSignal): Promise<void> {
    const [clients, projects] = await Promise.all([this.ctx.api.get<Page<Client>>(`${this.base}/sso/clients`, { signal }), namesOf(this.ctx).projects()]);
    this.clients = clients.data.items;
    this.projects = projects;
    void this.explain();
  }

  /** In the language of the page, as the server tells who signs in. */
  private readonly explain = async (): Promise<void> => {
    const { language } = this.ctx;
    this.unexplained = null;
    if (this.explained === language || !this.renderRoot.querySelector('details')?.open) return;
    try {
      const { items } = (await this.ctx.api.get<Page<Meaning>>(`${this.base}/sso/errors`)).data;
      this.explained = language;
      this.meanings = items;
    } catch (error) {
      this.unexplained = error;
    }
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
          ${this.meanings.map((one) => html`<div><dt><code>${one.code}</code></dt><dd>${one.cause}</dd><dd>${one.fix}</dd></div>`)}
        </dl>
        ${this.unexplained ? failure(this.ctx, this.unexplained, this.explain) : ''}
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
