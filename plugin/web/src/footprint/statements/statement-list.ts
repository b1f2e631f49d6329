import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { organizationPath } from '@kit/api';
import { Part, baseStyle, failure } from '@kit/element';
import { icon } from '@kit/icons';
import type { LoadPage } from '@kit/long-list';
import { filterStyle } from '../lists/list-part';
import { namesOf, type FlowRecord } from '../lists/names';
import { kindName, statementKinds } from '../lists/codes';
import '../lists/csv-button';
import '../lists/learner-search';
import type { LearnerSearch } from '../lists/learner-search';
import { statementStates, type StatementRow, type StatementState } from './model';
import statementsCss from './statements.css?inline';
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

@customElement('u2035-statement-list')
export class StatementList extends Part {
  static override styles = [baseStyle, filterStyle, unsafeCSS(statementsCss)];

  /** The learner a link came with. */
  @property() learner = '';
  @state() private state: StatementState | '' = '';
  @state() private flow = '';
  @state() private kind = '';
  @state() private flows = new Map<string, FlowRecord>();
  @state() private load: LoadPage<StatementRow> | null = null;
  @query('u2035-work-list') private list!: WorkList<StatementRow>;
  @query('u2035-learner-search') private search!: LearnerSearch;
  private stopNames: (() => void) | null = null;

  private get path(): string {
    return `${organizationPath(this.ctx.organization)}/u2035/statements`;
  }
  private get asked(): Record<string, string> {
    return { state: this.state, flow: this.flow, kind: this.kind, learner: this.learner };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const names = namesOf(this.ctx);
    void names.flows().then((flows) => (this.flows = flows));
    this.stopNames = names.onNames(() => this.list?.requestUpdate());
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopNames?.();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.load || ['state', 'flow', 'kind', 'learner'].some((name) => changed.has(name))) {
      const asked = this.asked;
      this.load = async (cursor, signal) =>
        (await this.ctx.api.get<{ items: StatementRow[]; next: string | null }>(this.path, { query: { ...asked, limit: 200, cursor }, signal })).data;
    }
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    const filtered = Object.values(this.asked).some(Boolean);
    return html`<header class="page-head">
        <div class="head-main">
          <h1>${t.title}</h1>
          <p class="lead">${t.lead}</p>
        </div>
        <div class="btns">
          <button class="btn" type="button" @click=${() => this.ctx.go('statements/receipts')}>${icon('ready')}${t.receipts}</button>
          <u2035-csv .ctx=${this.ctx} .from=${this.path} .filters=${this.asked}></u2035-csv>
        </div>
      </header>
      <div class="toolbar">
        <u2035-learner-search
          .ctx=${this.ctx}
          .label=${t.searchLabel}
          .hint=${t.searchHint}
          @found-statement=${(event: CustomEvent<{ id: string }>) => this.ctx.go(`statements/${event.detail.id}`)}
          @found-learner=${(event: CustomEvent<{ id: string }>) => (this.learner = event.detail.id)}
          @cleared=${() => (this.learner = '')}
        ></u2035-learner-search>
        ${this.select(t.flow, this.flow, [['', t.allFlows], ...[...this.flows.values()].map((one): [string, string] => [one.id, one.title || t.flowId(one.id)])], (to) => (this.flow = to))}
        ${this.select(t.kind, this.kind, [['', t.allKinds], ...statementKinds.map((one): [string, string] => [one, kindName(this.ctx.language, one)])], (to) => (this.kind = to))}
      </div>
      <div class="facets" role="group" aria-label=${t.state}>
        ${(['', ...statementStates] as const).map(
          (one) =>
            html`<button class="facet" type="button" aria-pressed=${one === this.state} title=${one ? t.stateWords[one] : nothing} @click=${() => (this.state = one)}>${one ? t.states[one] : t.all}</button>`,
        )}
        ${this.learner
          ? html`<button class="facet" type="button" aria-pressed="true" @click=${this.forgetLearner}>${t.onlyLearner(namesOf(this.ctx).learnerNow(this.learner) || this.learner)} ${icon('x', 's')}<span class="sr">${t.clear}</span></button>`
          : nothing}
      </div>
      ${this.state ? html`<p class="hint state-words">${t.states[this.state]}: ${t.stateWords[this.state]}.</p>` : nothing}
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

  private select(label: string, value: string, options: [string, string][], take: (value: string) => void): TemplateResult {
    return html`<div class="select">
      <select class="input" aria-label=${label} .value=${value} @change=${(event: Event) => take((event.target as HTMLSelectElement).value)}>
        ${options.map(([id, words]) => html`<option value=${id} ?selected=${id === value}>${words}</option>`)}
      </select>
      ${icon('chevd', 's')}
    </div>`;
  }

  private row(row: StatementRow, i: number): TemplateResult {
    const t = texts[this.ctx.language];
    const { language } = this.ctx;
    const mark = marks[row.state];
    const who = row.learner === null ? t.methodist : namesOf(this.ctx).learnerNow(row.learner) || t.learnerId(row.learner);
    const flow = this.flows.get(row.flow)?.title || t.flowId(row.flow);
    return html`<div class="work-row" data-row=${i}>
      <div class="c-why">
        <button class="open" type="button" data-open aria-label=${`${kindName(language, row.kind)}, ${who}`} @click=${() => this.ctx.go(`statements/${row.id}`)}>${kindName(language, row.kind)}</button>
        <small>${t.recordNo(row.record.id)}</small>
      </div>
      <div class="c-rec"><b>${who}</b><small>${flow}</small></div>
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
    const n = this.ctx.locale.number(state.loaded);
    return html`<p class="list-foot">${state.complete ? t.shownAll(n) : t.shown(n)}</p>`;
  }

  private readonly forgetLearner = (): void => {
    this.learner = '';
    this.search.clear();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-statement-list': StatementList;
  }
}
