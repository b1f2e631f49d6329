/** One record's whole way on a page of its own: reached by a statement's id or by the record's kind and id. */

import { html, nothing, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiError, organizationPath } from '@kit/api';
import { Part, baseStyle, failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { namesOf } from '../lists/names';
import { whoOf } from '../lists/row-names';
import { kindName, thingTitle } from '../lists/codes';
import { nameOf, type RecordWay, type StatementDetail } from './model';
import statementsCss from './statements.css?inline';
import { texts } from './texts';
import { sourceNodes, statementNodes } from './way';
import './way-view';

@customElement('u2035-record-way')
export class RecordWayView extends Part {
  static override styles = [baseStyle, unsafeCSS(statementsCss)];

  @property() statement = '';
  @property() kind = '';
  @property() record = '';
  @property() flow = '';
  @state() private way: RecordWay | null = null;
  @state() private one: StatementDetail | null = null;
  @state() private flowTitle = '';
  @state() private error: unknown = null;

  protected override willUpdate(changed: PropertyValues<RecordWayView>): void {
    const names = ['ctx', 'statement', 'kind', 'record', 'flow'] as const;
    if (names.some((name) => changed.has(name))) void this.read();
  }

  private async read(): Promise<void> {
    const base = `${organizationPath(this.ctx.organization)}/u2035`;
    const asked = [this.statement, this.kind, this.record, this.flow].join('/');
    this.way = this.one = this.error = null;
    let { kind, record, flow } = this;
    try {
      if (this.statement) {
        this.one = (await this.ctx.api.get<StatementDetail>(`${base}/statements/${encodeURIComponent(this.statement)}`)).data;
        ({ kind, id: record } = this.one.record);
        flow = this.one.flow;
      }
      // A cancellation tells of another statement, which has no way of its own.
      if (kind === 'statement') return;
      const { data } = await this.ctx.api.get<RecordWay>(`${base}/records/${encodeURIComponent(kind)}/${encodeURIComponent(record)}/way`, { query: { flow } });
      if (asked !== [this.statement, this.kind, this.record, this.flow].join('/')) return;
      this.way = data;
      const shown = data.statements.find((one) => one.id === this.one?.id) ?? data.statements.at(-1);
      if (!this.one && shown) this.one = (await this.ctx.api.get<StatementDetail>(`${base}/statements/${shown.id}`)).data;
      const at = data.flow ?? flow;
      this.flowTitle = this.one?.flowTitle ?? (at ? ((await namesOf(this.ctx).flows()).get(at)?.title ?? '') : '');
    } catch (error) {
      this.error = error;
    }
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    return html`<nav class="crumbs"><a href="#" @click=${this.back}>${icon('left', 's')} ${t.back}</a></nav>
      ${this.head()}
      ${this.error
        ? html`<h2 class="sr">${t.wayTitle}</h2>${failure(this.ctx, this.error, () => void this.read())}${this.error instanceof ApiError && this.error.status === 403
            ? html`<p class="hint">${t.methodistOnly}</p>`
            : nothing}`
        : this.way || this.one?.record.kind === 'statement'
          ? this.ways()
          : loading(this.ctx)}`;
  }

  private head(): TemplateResult {
    const t = texts[this.ctx.language];
    const { language } = this.ctx;
    const one = this.one;
    const kind = one?.record.kind ?? this.kind;
    const what = one ? nameOf(one.statement) || kindName(language, one.kind) : thingTitle(language, kind);
    const who = one ? whoOf(this.ctx, one, t.methodist) : '';
    const facts = [who, one && nameOf(one.statement) ? kindName(language, one.kind) : '', this.flowTitle, kind ? t.recordNo(one?.record.id ?? this.record) : ''];
    return html`<header class="page-head">
      <div class="head-main">
        <div class="title-line">
          <h1>${what || t.wayTitle}</h1>
          ${one ? html`<span class="badge ${one.state === 'confirmed' ? 'ok' : one.state === 'quarantined' ? 'bad' : one.state === 'in_doubt' ? 'warn' : 'now'}">${t.states[one.state]}</span>` : nothing}
        </div>
        <p class="lead">${facts.filter(Boolean).join(' · ')}</p>
      </div>
      ${one?.state === 'quarantined'
        ? html`<div class="btns"><button class="btn primary" type="button" @click=${() => this.ctx.go(`quarantine/${one.id}`)}>${icon('inbox')}${t.toQuarantine}</button></div>`
        : nothing}
    </header>`;
  }

  private ways(): TemplateResult {
    const t = texts[this.ctx.language];
    const { way } = this;
    if (!way) return html`<section class="panel way-panel"><div class="panel-body"><pre class="raw" tabindex="0">${JSON.stringify(this.one?.statement, null, 2)}</pre></div></section>`;
    // The newest first: that is what a person came for; the source stands with it.
    const statements = [...way.statements].reverse();
    const first = statements[0];
    return html`<section class="panel way-panel" aria-labelledby="way">
        <div class="panel-head"><h2 id="way">${t.wayTitle}</h2></div>
        <div class="panel-body">
          <u2035-way .ctx=${this.ctx} .nodes=${[...sourceNodes(way, t), ...(first ? statementNodes(first, t, this.ctx.locale) : [])]} answerOpen></u2035-way>
          ${first ? nothing : html`<p class="hint">${t.noWay}</p>`}
        </div>
      </section>
      ${statements.slice(1).map(
        (one) => html`<section class="panel way-panel" aria-label=${t.statementTitle(one.statementId)}>
          <div class="panel-body"><u2035-way .ctx=${this.ctx} .nodes=${statementNodes(one, t, this.ctx.locale)}></u2035-way></div>
        </section>`,
      )}`;
  }

  private readonly back = (event: Event): void => {
    event.preventDefault();
    this.ctx.go('statements');
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-record-way': RecordWayView;
  }
}
