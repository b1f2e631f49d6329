import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Page } from '@kit/api';
import { icon } from '@kit/icons';
import type { LoadPage } from '@kit/long-list';
import { checkCodes, codeTitle } from '../lists/codes';
import '../lists/csv-button';
import { ListPart, facet, select } from '../lists/list-part';
import { namesOf, type FlowRecord } from '../lists/names';
import '../lists/rows';
import { texts as listTexts } from '../lists/texts';
import { Queue, keepQueue, keptQueue, reflectionQuery, standings, waiting, type ReflectionFilter, type Standing } from './queue';
import './row';
import { texts } from './texts';
import type { Reflection, Summary } from './types';

@customElement('u2035-reflection-list')
export class ReflectionList extends ListPart {
  @state() private filter: ReflectionFilter = waiting;
  @state() private counts = new Map<Standing, number>();
  @state() private flows: FlowRecord[] = [];
  @state() private loadRows: LoadPage<Reflection> | null = null;

  protected override get forbidden(): string {
    return texts[this.ctx.language].forbidden;
  }

  protected override async fetch(signal: AbortSignal): Promise<void> {
    this.filter = keptQueue(this.ctx.organization)?.filter ?? waiting;
    const flows = namesOf(this.ctx).flows();
    await this.count(signal);
    this.flows = [...(await flows).values()];
    this.narrow({});
  }

  private async count(signal?: AbortSignal): Promise<void> {
    const { code, flow } = this.filter;
    const asked = standings.map(async (standing) => {
      const query = reflectionQuery({ standing, code, flow });
      return [standing, (await this.ctx.api.get<Summary>(`${this.base}/reflections/summary`, { query, signal })).data.total] as const;
    });
    this.counts = new Map(await Promise.all(asked));
  }

  private narrow(change: Partial<ReflectionFilter>): void {
    const before = this.filter;
    this.filter = { ...before, ...change };
    keepQueue(this.ctx.organization, new Queue(this.filter));
    if (before.code !== this.filter.code || before.flow !== this.filter.flow) this.count().catch((error: unknown) => (this.failed = error));
    const query = reflectionQuery(this.filter);
    const { api } = this.ctx;
    const address = `${this.base}/reflections`;
    this.loadRows = async (cursor, signal) => (await api.get<Page<Reflection>>(address, { query: { ...query, limit: 100, cursor }, signal })).data;
  }

  private async start(): Promise<void> {
    const queue = new Queue({ ...this.filter, standing: 'waiting' });
    try {
      await queue.load(this.ctx.api, this.base);
    } catch (error) {
      this.failed = error;
      return;
    }
    keepQueue(this.ctx.organization, queue);
    if (queue.first) this.ctx.go(`reflections/${queue.first}`);
    else void this.reload();
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const left = this.counts.get('waiting');
    return html`<header class="page-head">
        <div class="head-main">
          <h1 tabindex="-1">${words.title}</h1>
          ${this.ready && left !== undefined ? html`<p class="lead">${this.counts.get('all') === 0 && !this.filter.code && !this.filter.flow ? words.noneChecked : words.lead(this.ctx.locale, left)}</p>` : nothing}
        </div>
        ${this.ready
          ? html`<div class="btns">
              <u2035-csv .ctx=${this.ctx} .from=${`${this.base}/reflections`} .filters=${reflectionQuery(this.filter)}></u2035-csv>
              ${left ? html`<button class="btn primary" type="button" @click=${this.start}>${icon('play')}${words.start}</button>` : nothing}
            </div>`
          : nothing}
      </header>
      ${this.body(() => this.list())}`;
  }

  private list(): TemplateResult {
    const words = texts[this.ctx.language];
    const common = listTexts[this.ctx.language];
    const { locale, language } = this.ctx;
    return html`<div class="facets" role="group" aria-label=${words.standings}>
        ${standings.map((standing) => facet(this.filter.standing === standing, words.standing[standing], locale.number(this.counts.get(standing) ?? 0), () => this.narrow({ standing })))}
      </div>
      <div class="toolbar">
        ${select(words.check, this.filter.code, [{ value: '', title: words.allChecks }, ...checkCodes.map((code) => ({ value: code, title: codeTitle(language, code) }))], (code) => this.narrow({ code }))}
        ${this.flows.length > 1
          ? select(common.flow, this.filter.flow, [{ value: '', title: common.allFlows }, ...this.flows.map((one) => ({ value: one.id, title: one.title || common.flowNumber(one.id) }))], (flow) => this.narrow({ flow }))
          : nothing}
      </div>
      <section class="panel" aria-label=${words.list}>
        <div class="head-line reflection-cols" aria-hidden="true"><span>${words.learner}</span><span>${words.found}</span><span>${words.decision}</span></div>
        <u2035-rows
          .ctx=${this.ctx}
          .load=${this.loadRows}
          .label=${words.list}
          .heights=${[62, 122] as const}
          .total=${this.counts.get(this.filter.standing) ?? null}
          .row=${(one: Reflection) => html`<u2035-reflection-row .ctx=${this.ctx} .one=${one}></u2035-reflection-row>`}
          .empty=${this.emptiness()}
        ></u2035-rows>
      </section>`;
  }

  private emptiness(): TemplateResult {
    const words = texts[this.ctx.language];
    const common = listTexts[this.ctx.language];
    if (this.filter.code || this.filter.flow)
      return html`<div class="empty">${icon('search')}<h2>${common.nothingFits}</h2><p>${common.nothingFitsFix}</p>
        <button class="btn small" type="button" @click=${() => this.narrow({ code: '', flow: '' })}>${common.dropFilters}</button></div>`;
    if (this.filter.standing === 'waiting' && this.counts.get('all')) return html`<div class="empty">${icon('okc')}<h2>${words.emptyWaiting}</h2><p>${words.emptyWaitingFix}</p></div>`;
    if (!this.counts.get('all')) return html`<div class="empty">${icon('text')}<h2>${words.emptyAll}</h2><p>${words.emptyAllFix}</p></div>`;
    return html`<div class="empty">${icon('text')}<h2>${common.nothingFits}</h2><p>${common.nothingFitsFix}</p></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-reflection-list': ReflectionList;
  }
}
