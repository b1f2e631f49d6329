import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { organizationPath } from '@kit/api';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import type { LoadPage } from '@kit/long-list';
import { readAsked, withAsked } from '@kit/way';
import { facet, filterStyle, select } from '../lists/list-part';
import { namesOf, type FlowRecord, type ProjectCard } from '../lists/names';
import { kindName, statementKinds } from '../lists/codes';
import '../lists/csv-button';
import { flowOf, whatOf, whoOf } from '../lists/row-names';
import '../lists/search-field';
import { statementStates, type StatementRow, type StatementState, type StatementSummary } from './model';
import statementsCss from './statements.css?inline';
import { texts as listTexts } from '../lists/texts';
import { texts } from './texts';
import '../lists/work-list';
import type { WorkList } from '../lists/work-list';

const marks: Record<StatementState, { badge: string; icon: Parameters<typeof icon>[0] }> = {
  waiting: { badge: '', icon: 'clock' },
  sending: { badge: 'now', icon: 'right' },
  in_doubt: { badge: 'warn', icon: 'refresh' },
  accepted: { badge: 'now', icon: 'check' },
  confirmed: { badge: 'ok', icon: 'okc' },
  quarantined: { badge: 'bad', icon: 'excl' },
  withdrawn: { badge: '', icon: 'minus' },
};

interface Filter {
  state: StatementState | '';
  project: string;
  flow: string;
  kind: string;
  q: string;
}
const everything: Filter = { state: '', project: '', flow: '', kind: '', q: '' };

@customElement('u2035-statement-list')
export class StatementList extends Part {
  static override styles = [baseStyle, filterStyle, unsafeCSS(statementsCss)];

  @property() asked = '';
  @state() private filter = everything;
  /** By state, of all that the rest of the filter fits; null: not known. */
  @state() private counts: StatementSummary | null = null;
  @state() private projects: readonly ProjectCard[] = [];
  @state() private flows = new Map<string, FlowRecord>();
  @state() private load: LoadPage<StatementRow> | null = null;
  @query('u2035-work-list') private list!: WorkList<StatementRow>;

  private get path(): string {
    return `${organizationPath(this.ctx.organization)}/u2035/statements`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const names = namesOf(this.ctx);
    void names.flows().then((flows) => (this.flows = flows));
    void names.projects().then((projects) => (this.projects = projects));
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.load && !changed.has('asked')) return;
    const filter = readAsked(this.asked, everything);
    this.filter = filter;
    this.load = async (cursor, signal) =>
      (await this.ctx.api.get<{ items: StatementRow[]; next: string | null }>(this.path, { query: { ...filter, limit: 200, cursor }, signal })).data;
    void this.count(filter);
  }

  private async count(filter: Filter): Promise<void> {
    try {
      const { data } = await this.ctx.api.get<StatementSummary>(`${this.path}/summary`, { query: { ...filter, state: '' } });
      if (filter === this.filter) this.counts = data;
    } catch {
      // The list itself says what is wrong.
      if (filter === this.filter) this.counts = null;
    }
  }

  private narrow(change: Partial<Filter>): void {
    this.ctx.go(withAsked('statements', { ...this.filter, ...change }, everything), { replace: true });
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    const common = listTexts[this.ctx.language];
    const { filter, counts } = this;
    const { locale } = this.ctx;
    const filtered = Object.values(filter).some(Boolean);
    const count = (n: number | undefined) => (counts ? locale.number(n ?? 0) : '');
    return html`<header class="page-head">
        <div class="head-main">
          <h1>${t.title}</h1>
          <p class="lead">${t.lead}</p>
        </div>
        <div class="btns">
          <button class="btn" type="button" @click=${() => this.ctx.go('statements/receipts')}>${icon('ready')}${t.receipts}</button>
          <u2035-csv .ctx=${this.ctx} .from=${this.path} .filters=${filter}></u2035-csv>
        </div>
      </header>
      <div class="toolbar">
        <u2035-search .ctx=${this.ctx} .label=${t.searchLabel} .hint=${t.searchHint} .words=${filter.q} @search=${(event: CustomEvent<string>) => this.narrow({ q: event.detail })}></u2035-search>
        ${this.projects.length > 1 || filter.project
          ? select(common.project, filter.project, [{ value: '', title: common.allProjects }, ...this.projects.map((one) => ({ value: one.project, title: one.title }))], (project) => this.narrow({ project }))
          : nothing}
        ${select(t.flow, filter.flow, [{ value: '', title: t.allFlows }, ...[...this.flows.values()].map((one) => ({ value: one.id, title: one.title || t.flowId(one.id) }))], (flow) => this.narrow({ flow }))}
        ${select(t.kind, filter.kind, [{ value: '', title: t.allKinds }, ...statementKinds.map((one) => ({ value: one, title: kindName(this.ctx.language, one) }))], (kind) => this.narrow({ kind }))}
      </div>
      <div class="facets" role="group" aria-label=${t.state}>
        ${facet(filter.state === '', t.all, count(counts?.total), () => this.narrow({ state: '' }))}
        ${statementStates.map((one) => facet(filter.state === one, t.states[one], count(counts?.byState[one]), () => this.narrow({ state: one })))}
      </div>
      ${filter.state ? html`<p class="hint state-words">${t.states[filter.state]}: ${t.stateWords[filter.state]}.</p>` : nothing}
      <section class="panel list-panel" aria-labelledby="list">
        <h2 class="sr" id="list">${t.list}</h2>
        <u2035-work-list
          .load=${this.load}
          .wideRow=${60}
          .label=${t.list}
          .row=${(row: StatementRow, i: number) => this.row(row, i)}
          .foot=${(state: { loading: boolean; error: unknown; loaded: number; complete: boolean }) => this.foot(state, filtered)}
        ></u2035-work-list>
      </section>`;
  }

  private row(row: StatementRow, i: number): TemplateResult {
    const t = texts[this.ctx.language];
    const { language } = this.ctx;
    const mark = marks[row.state];
    const who = whoOf(this.ctx, row, t.methodist);
    return html`<div class="work-row" data-row=${i}>
      <div class="c-why">
        <button class="open" type="button" data-open aria-label=${`${kindName(language, row.kind)}, ${who}`} @click=${() => this.ctx.go(`statements/${row.id}`)}>${kindName(language, row.kind)}</button>
        <small>${whatOf(row) || t.recordNo(row.record.id)}</small>
      </div>
      <div class="c-rec"><b>${who}</b><small>${flowOf(this.ctx, row)}</small></div>
      <div class="when">
        <span class="badge ${mark.badge}">${icon(mark.icon)}${t.states[row.state]}</span>
        <small>${this.when(row.answeredAt ?? row.createdAt)}</small>
      </div>
    </div>`;
  }

  private when(time: string): string {
    const { locale } = this.ctx;
    return locale.dateKey(time) === locale.dateKey(new Date()) ? locale.time(time) : locale.moment(time);
  }

  private foot(state: { loading: boolean; error: unknown; loaded: number; complete: boolean }, filtered: boolean): unknown {
    const t = texts[this.ctx.language];
    if (state.error) return failure(this.ctx, state.error, () => void this.list.more());
    if (state.loading) return html`<p class="list-foot" role="status"><span class="spin" aria-hidden="true"></span>${this.ctx.kit.loading}</p>`;
    if (state.complete && state.loaded === 0)
      return html`<div class="empty">
        ${icon('list')}
        <h2>${filtered ? t.emptyFiltered : t.empty}</h2>
        <p>${filtered ? t.emptyFilteredFix : t.emptyFix}</p>
      </div>`;
    const { locale } = this.ctx;
    const all = this.filter.state ? this.counts?.byState[this.filter.state] : this.counts?.total;
    const n = locale.number(state.loaded);
    return html`<p class="list-foot">${state.complete ? t.shownAll(n) : all !== undefined && all > state.loaded ? t.shownOf(n, locale.number(all)) : t.shown(n)}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-statement-list': StatementList;
  }
}
