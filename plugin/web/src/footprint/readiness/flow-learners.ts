import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { everyItem, type Page } from '@kit/api';
import { icon } from '@kit/icons';
import type { LoadPage } from '@kit/long-list';
import { readAsked, withAsked } from '@kit/way';
import { ListPart, crumbs, facet, select } from '../lists/list-part';
import '../lists/csv-button';
import '../lists/judge-again';
import '../lists/rows';
import '../lists/search-field';
import { codeTitle } from '../lists/codes';
import { projectTitle } from '../lists/names';
import { texts as listTexts } from '../lists/texts';
import { everybody, expected, isFiltered, lacksOf, lastAsked, peopleQuery, type PeopleFilter } from './filters';
import './learner-row';
import { texts } from './texts';
import type { FlowReadiness, ListedPerson, Verdict } from './types';

@customElement('u2035-readiness-learners')
export class ReadinessLearners extends ListPart {
  @property() asked = '';
  @state() private flow: FlowReadiness | null = null;
  @state() private project = '';
  @state() private filter: PeopleFilter = everybody;
  @state() private loadRows: LoadPage<ListedPerson> | null = null;

  protected override async fetch(signal: AbortSignal): Promise<void> {
    const flow = this.path;
    this.flow = null;
    this.flow = (await everyItem<FlowReadiness>(this.ctx.api, `${this.base}/readiness`, { signal })).find((one) => one.flow === flow) ?? null;
    if (!this.flow) return;
    this.project = await projectTitle(this.ctx, this.flow.project);
    this.show();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('asked') && this.ready) this.show();
  }

  private narrow(change: Partial<PeopleFilter>): void {
    this.ctx.go(withAsked(`readiness/${this.path}`, { ...this.filter, ...change }, everybody), { replace: true });
  }

  private show(): void {
    this.filter = readAsked(this.asked, everybody);
    lastAsked.set(`${this.ctx.organization}/${this.path}`, this.asked);
    const asked = peopleQuery(this.filter);
    const { api } = this.ctx;
    const address = `${this.base}/readiness/flows/${this.path}`;
    this.loadRows = async (cursor, signal) => (await api.get<Page<ListedPerson>>(address, { query: { ...asked, limit: 100, cursor }, signal })).data;
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const common = listTexts[this.ctx.language];
    const { flow } = this;
    const { locale } = this.ctx;
    const title = flow ? flow.flowTitle || flow.programmeTitle : words.flow;
    return html`${crumbs(this.ctx, common.way, [{ path: 'readiness', title: words.title }, { title }])}
      <header class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${title}</h1>
          ${flow
            ? html`<p class="muted">${flow.programmeTitle} · ${this.project} · ${words[flow.channel]}</p>
                <p class="lead">
                  ${flow.learners > flow.unknown ? words.lead(locale, flow.ready, flow.learners - flow.unknown) : words.leadOnlyUnknown}
                  ${words.computed(locale.moment(flow.computedAt))}
                </p>`
            : nothing}
        </div>
        ${flow
          ? html`<div class="btns">
              <u2035-csv .ctx=${this.ctx} .from=${`${this.base}/readiness/flows/${this.path}`} .filters=${peopleQuery(this.filter)}></u2035-csv>
              <u2035-judge-again .ctx=${this.ctx} .flow=${this.path} @judged=${() => void this.reload()}></u2035-judge-again>
            </div>`
          : nothing}
      </header>
      ${this.body(() => (flow ? this.list(flow) : this.missing()))}`;
  }

  private missing(): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<section class="panel empty">${icon('search')}<h2>${words.flowMissing}</h2><p>${words.flowMissingFix}</p>
      <u2035-judge-again primary .ctx=${this.ctx} .flow=${this.path} @judged=${() => void this.reload()}></u2035-judge-again></section>`;
  }

  private list(flow: FlowReadiness): TemplateResult {
    const words = texts[this.ctx.language];
    const common = listTexts[this.ctx.language];
    const { locale, language } = this.ctx;
    const counts: [Verdict, number][] = [
      ['not-ready', flow.notReady],
      ['ready', flow.ready],
      ['unknown', flow.unknown],
    ];
    const lacks = lacksOf(flow);
    return html`${flow.unknown > 0 && flow.unknown === flow.learners
        ? html`<div class="note warn wide-note">${icon('alert')}<div><h2 class="small strong">${words.rulesNone}</h2><p>${words.rulesNoneWhy}</p></div></div>`
        : flow.note
          ? html`<div class="note now wide-note">${icon('excl')}<p>${flow.note}</p></div>`
          : nothing}
      ${flow.onlyWaits > 0 ? html`<p class="says wide-note">${words.onlyWaitsHint(locale, flow.onlyWaits)}</p>` : nothing}
      <div class="toolbar">
        <u2035-search .ctx=${this.ctx} .label=${words.searchPeople} .hint=${words.searchPeople} .words=${this.filter.q} @search=${(event: CustomEvent<string>) => this.narrow({ q: event.detail })}></u2035-search>
        ${lacks.length > 0
          ? select(
              words.lacks,
              this.filter.code,
              [{ value: '', title: words.lacks }, ...lacks.map(([code, n]) => ({ value: code, title: words.lackOf(codeTitle(language, code), locale.number(n)) }))],
              (code) => this.narrow({ code }),
            )
          : nothing}
      </div>
      <div class="facets" role="group" aria-label=${words.verdicts}>
        ${facet(this.filter.verdict === '', common.all, locale.number(flow.learners), () => this.narrow({ verdict: '' }))}
        ${counts.map(([verdict, n]) => (n > 0 || this.filter.verdict === verdict || (verdict !== 'unknown' && flow.unknown < flow.learners) ? facet(this.filter.verdict === verdict, words.verdictMany[verdict], locale.number(n), () => this.narrow({ verdict })) : nothing))}
      </div>
      <section class="panel" aria-label=${words.people}>
        <div class="head-line person-cols" aria-hidden="true"><span>${words.person}</span><span>${words.verdicts}</span><span>${flow.unknown === flow.learners ? words.facts : words.lacks}</span></div>
        <u2035-rows
          .ctx=${this.ctx}
          .load=${this.loadRows}
          .label=${words.people}
          .heights=${[62, 118] as const}
          .total=${expected(flow, this.filter)}
          .row=${(person: ListedPerson) => html`<u2035-readiness-row .ctx=${this.ctx} .person=${person}></u2035-readiness-row>`}
          .empty=${this.emptiness()}
        ></u2035-rows>
      </section>`;
  }

  private emptiness(): TemplateResult {
    const words = texts[this.ctx.language];
    const common = listTexts[this.ctx.language];
    return isFiltered(this.filter)
      ? html`<div class="empty">${icon('search')}<h2>${common.nothingFits}</h2><p>${common.nothingFitsFix}</p>
          <button class="btn small" type="button" @click=${() => this.narrow(everybody)}>${common.dropFilters}</button></div>`
      : html`<div class="empty">${icon('users')}<h2>${words.noPeople}</h2><p>${words.noPeopleFix}</p></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-readiness-learners': ReadinessLearners;
  }
}
