/** Personal links: those that were made, and making one or a flow's. `asked`: "learner=s-12", for whom one is wanted. */

import { html, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { until } from 'lit/directives/until.js';
import { ApiError, type Page } from '@kit/api';
import { wordsOf } from '@kit/element';
import { icon, type IconName } from '@kit/icons';
import type { LoadPage } from '@kit/long-list';
import { readAsked } from '@kit/way';
import '../footprint/lists/csv-button';
import '../footprint/lists/line';
import { ListPart } from '../footprint/lists/list-part';
import { learnerName, namesOf, type FlowRecord } from '../footprint/lists/names';
import '../footprint/lists/rows';
import type { Rows } from '../footprint/lists/rows';
import './make-links';
import ssoCss from './sso.css?inline';
import { texts } from './texts';
import type { Client, Link, LinkState } from './types';

const marks: Record<LinkState, { tone: string; mark: IconName }> = {
  open: { tone: 'now', mark: 'link' },
  used: { tone: 'ok', mark: 'check' },
  revoked: { tone: '', mark: 'x' },
  expired: { tone: '', mark: 'clock' },
};

@customElement('u2035-sso-links')
export class SsoLinks extends ListPart {
  static override styles = [...ListPart.styles, unsafeCSS(ssoCss)];

  @property() asked = '';
  @state() private flows: FlowRecord[] = [];
  @state() private clients: Client[] = [];
  @state() private load: LoadPage<Link> | null = null;
  @query('u2035-rows') private readonly rows!: Rows<Link> | null;

  protected override get forbidden(): string {
    return texts[this.ctx.language].forbidden;
  }

  protected override async fetch(signal: AbortSignal): Promise<void> {
    const { api } = this.ctx;
    const [clients, flows] = await Promise.all([api.get<Page<Client>>(`${this.base}/sso/clients`, { signal }), namesOf(this.ctx).flows()]);
    this.clients = clients.data.items;
    this.flows = [...flows.values()];
    this.load = async (cursor, stop) => (await api.get<Page<Link>>(`${this.base}/sso/links`, { query: { limit: 100, cursor }, signal: stop })).data;
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    return this.body(
      () => html`<u2035-sso-make .ctx=${this.ctx} .flows=${this.flows} .clients=${this.clients} .wanted=${readAsked(this.asked, { learner: '' }).learner} @made=${() => void this.rows?.again()}></u2035-sso-make>
        <section class="panel gap-top" aria-labelledby="links">
          <div class="panel-head"><h2 id="links">${words.links}</h2><u2035-csv .ctx=${this.ctx} .from=${`${this.base}/sso/links`}></u2035-csv></div>
          <u2035-rows
            .ctx=${this.ctx}
            .load=${this.load as LoadPage<unknown>}
            .label=${words.links}
            plain
            .heights=${[56, 84] as const}
            .row=${(item: unknown) => this.row(item as Link)}
            .empty=${html`<div class="empty">${icon('link')}<h3>${words.noLinks}</h3><p>${words.noLinksFix}</p></div>`}
          ></u2035-rows>
        </section>`,
    );
  }

  private row(one: Link): TemplateResult {
    const { ctx } = this;
    const words = texts[ctx.language];
    const { tone, mark } = marks[one.state];
    const who = until(learnerName(ctx, one.learner), one.learner);
    const cells = [
      html`<div><span class="clip strong">${who}</span><small>${words.contours[one.contour]}</small></div>`,
      html`<div><span class="clip">${one.usedAt ? words.linkUsed(ctx.locale.moment(one.usedAt)) : words.linkUntil(ctx.locale.moment(one.expiresAt))}</span><small>${words.linkMade(one.createdBy, ctx.locale.moment(one.createdAt))}</small></div>`,
      html`<span class="badge ${tone}">${icon(mark)}${words.linkState[one.state]}</span>`,
      one.state === 'open'
        ? html`<button class="btn small danger-quiet" type="button" aria-label=${until(learnerName(ctx, one.learner).then((name) => words.revokeOf(name)), words.revoke)} @click=${() => void this.revoke(one)}>${words.revoke}</button>`
        : html`<span></span>`,
    ];
    return html`<u2035-line .ctx=${ctx} .cells=${cells}></u2035-line>`;
  }

  private async revoke(one: Link): Promise<void> {
    const words = texts[this.ctx.language];
    try {
      await this.ctx.api.delete(`${this.base}/sso/links/${one.id}`);
      this.rows?.replace((row) => row.id === one.id, { ...one, state: 'revoked' });
      this.ctx.say(words.revoked);
    } catch (error) {
      const told = wordsOf(this.ctx.kit, error);
      this.ctx.say(`${told.title}. ${told.detail || told.fix}`, true);
      if (error instanceof ApiError && error.status === 404) void this.rows?.again();
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sso-links': SsoLinks;
  }
}
