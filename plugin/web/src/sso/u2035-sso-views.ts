/** Title, tabs with how many wait for a decision, and the view that the way names. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { organizationPath } from '@kit/api';
import { Part, baseStyle } from '@kit/element';
import { later } from '../later';
import ssoCss from './sso.css?inline';
import { texts } from './texts';
import type { JoinsSummary } from './types';

const tabs = ['settings', 'joins', 'links'] as const;
type Tab = (typeof tabs)[number];

const parts = {
  settings: later(() => import('./settings')),
  links: later(() => import('./links')),
  join: later(() => import('./join')),
  joins: later(() => import('./joins')),
};

@customElement('u2035-sso-views')
export class SsoViews extends Part {
  static override styles = [baseStyle, unsafeCSS(ssoCss)];

  @property() path = '';
  @property() asked = '';
  @state() private waiting = 0;

  private get steps(): string[] {
    return this.path.split('/').filter(Boolean);
  }
  private get tab(): Tab {
    return tabs.find((one) => one === this.steps[0]) ?? 'settings';
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.isElsewhere(changed) || changed.has('path')) void this.count();
  }

  protected override updated(changed: PropertyValues): void {
    const was = changed.get('path') as string | undefined;
    if (was !== undefined && was !== this.path) this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }

  private readonly count = async (): Promise<void> => {
    try {
      const { data } = await this.ctx.api.get<JoinsSummary>(`${organizationPath(this.ctx.organization)}/u2035/sso/joins/summary`);
      this.waiting = data.byState.waiting;
    } catch {
      // The view itself says what is wrong.
      this.waiting = 0;
    }
  };

  override render(): TemplateResult {
    const { ctx, tab, waiting } = this;
    const words = texts[ctx.language];
    const lead = { settings: words.lead, joins: words.joinsLead, links: words.linksLead }[tab];
    return html`<header class="page-head">
        <div class="head-main"><h1 tabindex="-1">${words.title}</h1><p class="lead">${lead}</p></div>
      </header>
      <nav class="tabs" aria-label=${words.tabs}>
        ${tabs.map(
          (one) =>
            html`<a href="#" aria-current=${one === tab ? 'page' : nothing} @click=${(event: Event) => (event.preventDefault(), ctx.go(one === 'settings' ? '' : one === 'joins' && waiting > 0 ? 'joins?state=waiting' : one))}>${words.tab[one]}${one === 'joins' && waiting > 0 ? html` <span class="count bad">${ctx.locale.number(waiting)}<span class="sr"> (${words.joinState.waiting})</span></span>` : nothing}</a>`,
        )}
      </nav>
      ${tab === 'settings'
        ? parts.settings(this, () => html`<u2035-sso-settings .ctx=${ctx}></u2035-sso-settings>`)
        : tab === 'links'
          ? parts.links(this, () => html`<u2035-sso-links .ctx=${ctx} .asked=${this.asked}></u2035-sso-links>`)
          : this.steps[1]
            ? parts.join(this, () => html`<u2035-sso-join .ctx=${ctx} .path=${this.steps[1]} @decided=${this.count}></u2035-sso-join>`)
            : parts.joins(this, () => html`<u2035-sso-joins .ctx=${ctx} .asked=${this.asked}></u2035-sso-joins>`)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sso-views': SsoViews;
  }
}
