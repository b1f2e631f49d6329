import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { everyItem } from '@kit/api';
import { icon } from '@kit/icons';
import { ListPart, select, to } from '../lists/list-part';
import '../lists/csv-button';
import '../lists/judge-again';
import { codeName } from '../lists/codes';
import { namesOf, type FlowRecord, type ProjectCard } from '../lists/names';
import { texts as listTexts } from '../lists/texts';
import { barTone, closingOf, lacksOf, readyShare, totals } from './filters';
import { texts } from './texts';
import type { FlowReadiness } from './types';

const mostChips = 4;

@customElement('u2035-readiness-flows')
export class ReadinessFlows extends ListPart {
  @state() private flows: FlowReadiness[] = [];
  /** For the numbers that University 2035 knows the flows by. */
  @state() private known = new Map<string, FlowRecord>();
  @state() private cards: ProjectCard[] = [];
  @state() private project = '';

  protected override async fetch(signal: AbortSignal): Promise<void> {
    const names = namesOf(this.ctx);
    const [known, cards] = [names.flows(), names.projects()];
    this.flows = await everyItem<FlowReadiness>(this.ctx.api, `${this.base}/readiness`, { signal });
    this.known = await known;
    this.cards = await cards;
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const shown = this.flows.filter((flow) => !this.project || flow.project === this.project);
    const sum = totals(shown);
    const computed = shown.map((flow) => flow.computedAt).sort()[0];
    return html`<header class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${words.title}</h1>
          ${this.ready && shown.length > 0
            ? html`<p class="lead">
                ${sum.judged > 0 ? words.lead(locale, sum.ready, sum.judged) : words.leadOnlyUnknown}
                ${sum.judged > 0 && sum.unknown > 0 ? words.leadUnknown(locale, sum.unknown) : nothing}
                ${computed ? words.computed(locale.moment(computed)) : nothing}
              </p>`
            : nothing}
        </div>
        ${this.ready && this.flows.length > 0
          ? html`<div class="btns">
              <u2035-csv .ctx=${this.ctx} .from=${`${this.base}/readiness`} .filters=${{ project: this.project || undefined }}></u2035-csv>
              <u2035-judge-again .ctx=${this.ctx} @judged=${() => void this.reload()}></u2035-judge-again>
            </div>`
          : nothing}
      </header>
      ${this.body(() => (this.flows.length === 0 ? this.nothingYet() : this.table(shown)))}`;
  }

  private nothingYet(): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<section class="panel empty">
      ${icon('ready')}
      <h2>${words.emptyTitle}</h2>
      <p>${words.emptyFix}</p>
      <u2035-judge-again primary .ctx=${this.ctx} @judged=${() => void this.reload()}></u2035-judge-again>
    </section>`;
  }

  private table(shown: FlowReadiness[]): TemplateResult {
    const words = texts[this.ctx.language];
    const common = listTexts[this.ctx.language];
    const projects = [...new Set(this.flows.map((flow) => flow.project))];
    return html`${projects.length > 1
        ? html`<div class="toolbar">
            ${select(common.project, this.project, [{ value: '', title: common.allProjects }, ...projects.map((id) => ({ value: id, title: this.projectOf(id) }))], (value) => (this.project = value))}
          </div>`
        : nothing}
      <section class="panel" aria-label=${words.flows}>
        <div class="table-wrap">
          <table class="flows">
            <caption class="sr">${words.flows}</caption>
            <thead>
              <tr>
                <th class="c-name" scope="col">${words.flow}</th>
                <th class="c-share" scope="col">${words.ready}</th>
                <th scope="col">${words.lacks}</th>
                <th scope="col">${words.closing}</th>
              </tr>
            </thead>
            <tbody>
              ${shown.map((flow) => this.flowRow(flow))}
            </tbody>
          </table>
        </div>
      </section>`;
  }

  private projectOf(id: string): string {
    return this.cards.find((one) => one.project === id)?.title ?? id;
  }

  private flowRow(flow: FlowReadiness): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const share = readyShare(flow);
    const judged = flow.learners - flow.unknown;
    const [ready, of] = share === null ? ['', ''] : words.readyOf(locale, flow.ready, judged);
    const number = this.known.get(flow.flow)?.u2035Id ?? flow.flow;
    return html`<tr>
      <td class="c-name">
        <b>${to(this.ctx, `readiness/${flow.flow}`, flow.flowTitle || flow.programmeTitle)}</b>
        <small>${flow.flowTitle ? html`${flow.programmeTitle}<br />` : nothing}${words.flowOf(String(number), this.projectOf(flow.project))} · ${words[flow.channel]}</small>
      </td>
      <td class="c-share">
        ${share === null
          ? html`<span class="muted">${words.noRules(locale, flow.learners)}</span>`
          : html`<div class="share">
              <span class="bar ${barTone(share)}"><i .style=${`width:${share * 100}%`}></i></span>
              <span class="num"><b>${ready}</b> ${of}</span>
            </div>`}
      </td>
      <td class="c-miss">${this.chips(flow, share)}</td>
      <td class="c-date">${this.closing(flow)}</td>
    </tr>`;
  }

  private chips(flow: FlowReadiness, share: number | null): TemplateResult {
    const words = texts[this.ctx.language];
    const lacks = lacksOf(flow);
    if (lacks.length === 0) return share === null ? html`<span class="muted">${words.noVerdict}</span>` : html`<span class="ok-text">${words.nothingLacks}</span>`;
    const tone = share !== null && barTone(share) === 'bad' ? 'chip bad' : 'chip';
    return html`<span class="chips">
      ${lacks.slice(0, mostChips).map(([code, n]) => html`<span class=${tone}>${codeName(this.ctx.language, code)} <b>${this.ctx.locale.number(n)}</b></span>`)}
      ${lacks.length > mostChips ? html`<span class="chip">${words.moreLacks(this.ctx.locale, lacks.length - mostChips)}</span>` : nothing}
    </span>`;
  }

  private closing(flow: FlowReadiness): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const closing = closingOf(flow, locale);
    if (!closing) return html`<span class="muted">${words.noClosing}<span class="sr">${words.noClosingWhy}</span></span>`;
    const day = locale.day(closing.at);
    if (closing.state === 'closed') return html`<span class="muted">${words.closed(day)}</span>`;
    if (closing.state === 'ended') return html`<span class="muted">${words.ended(day)}</span>`;
    const left = closing.days === 0 ? words.today : closing.days === 1 ? words.tomorrow : words.inDays(locale, closing.days);
    return html`<span class="nowrap">${day}</span>${closing.state === 'soon' ? html`<small class="bad-text strong">${left}</small>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-readiness-flows': ReadinessFlows;
  }
}
