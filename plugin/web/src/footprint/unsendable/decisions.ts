/** What was decided on what changed after it was sent. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Page } from '@kit/api';
import { icon } from '@kit/icons';
import { kindName, thingTitle, wayPath } from '../lists/codes';
import '../lists/csv-button';
import { ListPart, crumbs, to } from '../lists/list-part';
import { flowOf, whatOf, whoOf } from '../lists/row-names';
import { texts as listTexts } from '../lists/texts';
import { texts } from './texts';
import type { Correction } from './types';

@customElement('u2035-decisions')
export class Decisions extends ListPart {
  static override styles = [...ListPart.styles, css`td { vertical-align: top; padding-block: var(--u-3); } td p { max-width: 46ch; overflow-wrap: anywhere; }`];

  @state() private items: Correction[] = [];
  @state() private next: string | null = null;

  protected override async fetch(signal: AbortSignal): Promise<void> {
    this.items = [];
    this.next = null;
    await this.more(signal);
  }

  private async more(signal?: AbortSignal): Promise<void> {
    const page = (await this.ctx.api.get<Page<Correction>>(`${this.base}/corrections`, { query: { limit: 100, cursor: this.next }, signal })).data;
    this.items = [...this.items, ...page.items];
    this.next = page.next;
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    return html`${crumbs(this.ctx, listTexts[this.ctx.language].way, [{ path: 'unsendable', title: words.title }, { title: words.decisions }])}
      <header class="page-head">
        <div class="head-main"><h1 tabindex="-1">${words.decisions}</h1><p class="lead">${words.decisionsLead}</p></div>
        ${this.ready && this.items.length > 0 ? html`<div class="btns"><u2035-csv .ctx=${this.ctx} .from=${`${this.base}/corrections`}></u2035-csv></div>` : nothing}
      </header>
      ${this.body(() => (this.items.length === 0 ? html`<section class="panel empty">${icon('okc')}<h2>${words.noDecisions}</h2><p>${words.noDecisionsFix}</p></section>` : this.table()))}`;
  }

  private table(): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<section class="panel">
      <div class="table-wrap">
        <table class="flows">
          <caption class="sr">${words.decisions}</caption>
          <thead><tr><th scope="col">${words.record}</th><th scope="col">${words.learner}</th><th scope="col">${words.decisions}</th><th scope="col">${words.comment}</th></tr></thead>
          <tbody>${this.items.map((one) => this.line(one))}</tbody>
        </table>
      </div>
      ${this.next ? html`<div class="table-foot"><button class="btn small" type="button" @click=${() => this.more().catch((error: unknown) => (this.failed = error))}>${this.ctx.kit.more}</button></div>` : nothing}
    </section>`;
  }

  private line(one: Correction): TemplateResult {
    const { ctx } = this;
    const words = texts[ctx.language];
    const record = words.recordOf(thingTitle(ctx.language, one.record.kind), one.record.id);
    const way = wayPath(one.record);
    const state = one.cancellation === null ? words.noCancellation : words.cancellation(words.cancellationState[one.cancellation] ?? one.cancellation);
    return html`<tr>
      <td><b>${way ? to(ctx, way, record) : record}</b><small>${[kindName(ctx.language, one.kind), whatOf(one)].filter(Boolean).join(' · ')}</small></td>
      <td>${whoOf(ctx, one, words.noLearner)}<small>${flowOf(ctx, one)}</small></td>
      <td>${words.decision[one.decision]}${one.decision === 'cancel' ? html`<small>${state}</small>` : nothing}<small>${words.decidedBy(one.decidedBy, ctx.locale.moment(one.decidedAt))}</small></td>
      <td><p>${one.comment}</p></td>
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-decisions': Decisions;
  }
}
