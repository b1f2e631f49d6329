/** How many learners of each flow University 2035 would accept, and what the others lack. */

import { html, nothing, unsafeCSS, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { everyItem, organizationPath } from '@kit/api';
import { Part, baseStyle, failure, loading } from '@kit/element';
import { icon } from '@kit/icons';
import { codeName } from '../lists/codes';
import { namesOf, type FlowRecord } from '../lists/names';
import type { ReadinessFlow } from './model';
import morningCss from './morning.css?inline';
import { texts } from './texts';

const mostFlows = 6;
const mostLacks = 3;
const day = 86_400_000;

function endOf(flow: ReadinessFlow): { at: string; closed: boolean } | null {
  if (flow.closedAt) return { at: flow.closedAt, closed: true };
  return flow.endsAt ? { at: flow.endsAt, closed: false } : null;
}

/** What closes soonest first; what is closed or ready stands below. */
export function inOrder(flows: readonly ReadinessFlow[], now: Date): ReadinessFlow[] {
  const urgency = (one: ReadinessFlow): number => {
    const end = endOf(one)?.at;
    if (one.notReady === 0 || !end) return Number.MAX_SAFE_INTEGER;
    const left = new Date(end).getTime() - now.getTime();
    return left < -day ? Number.MAX_SAFE_INTEGER - 1 : left;
  };
  return [...flows].sort((a, b) => urgency(a) - urgency(b) || b.notReady - a.notReady || Number(a.flow) - Number(b.flow));
}

@customElement('u2035-readiness-panel')
export class ReadinessPanel extends Part {
  static override styles = [baseStyle, unsafeCSS(morningCss)];

  @state() private flows: ReadinessFlow[] | null = null;
  @state() private records = new Map<string, FlowRecord>();
  @state() private error: unknown = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read();
  }

  async read(): Promise<void> {
    this.error = null;
    const path = `${organizationPath(this.ctx.organization)}/u2035/readiness`;
    try {
      const all = await everyItem<ReadinessFlow>(this.ctx.api, path);
      this.records = await namesOf(this.ctx).flows();
      this.flows = all;
    } catch (error) {
      this.error = error;
    }
  }

  override render(): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const flows = this.flows ?? [];
    const sum = (of: (one: ReadinessFlow) => number) => flows.reduce((all, one) => all + of(one), 0);
    const judged = sum((one) => one.learners - one.unknown);
    const unknown = sum((one) => one.unknown);
    return html`<section class="panel" aria-labelledby="ready">
      <div class="panel-head">
        <div>
          <h2 id="ready">${t.readiness}</h2>
          ${flows.length > 0
            ? html`<p class="small muted">${[judged > 0 ? t.readinessSum(locale.number(sum((one) => one.ready)), judged, locale) : '', unknown > 0 ? t.readinessUnknown(unknown, locale) : ''].filter(Boolean).join('. ')}</p>`
            : nothing}
        </div>
        <a class="small" href="#" @click=${(event: Event) => this.go(event, 'readiness')}>${t.byLearners}</a>
      </div>
      ${this.error
        ? html`<div class="panel-body">${failure(this.ctx, this.error, () => void this.read())}</div>`
        : !this.flows
          ? loading(this.ctx)
          : flows.length === 0
            ? html`<div class="empty">${icon('ready')}<h3>${t.noReadiness}</h3><p>${t.noReadinessFix}</p></div>`
            : this.table(flows)}
    </section>`;
  }

  private table(flows: ReadinessFlow[]): TemplateResult {
    const t = texts[this.ctx.language];
    const shown = inOrder(flows, new Date()).slice(0, mostFlows);
    return html`<div class="table-wrap">
        <table class="flows">
          <thead>
            <tr><th scope="col">${t.flow}</th><th scope="col">${t.ready}</th><th scope="col">${t.lacks}</th><th scope="col">${t.closing}</th></tr>
          </thead>
          <tbody>
            ${shown.map((one) => this.row(one))}
          </tbody>
        </table>
      </div>
      ${flows.length > shown.length
        ? html`<div class="table-foot"><a href="#" @click=${(event: Event) => this.go(event, 'readiness')}>${t.allFlows(this.ctx.locale.number(flows.length))}</a></div>`
        : nothing}`;
  }

  private row(one: ReadinessFlow): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const judged = one.learners - one.unknown;
    const share = judged > 0 ? one.ready / judged : 0;
    const look = share >= 0.8 ? 'ok' : share >= 0.6 ? 'warn' : 'bad';
    return html`<tr>
      <td class="c-name">
        <b><a href="#" @click=${(event: Event) => this.go(event, `readiness/${one.flow}`)}>${one.programmeTitle || one.flowTitle}</a></b>
        <small>${[one.flowTitle, this.u2035(one.flow)].filter(Boolean).join(' · ')}</small>
      </td>
      <td class="c-share">
        ${judged > 0
          ? html`<span class="share">
              <span class="bar ${look}" role="img" aria-label=${t.readyLabel(locale.number(one.ready), locale.number(judged))}><i .style=${`width:${share * 100}%`}></i></span>
              <span class="num"><b>${locale.number(one.ready)}</b> <span class="faint">${t.readyOf(locale.number(judged), locale.percent(share))}</span></span>
            </span>`
          : html`<span>${t.noVerdict}</span><small>${t.noVerdictWhy}</small>`}
      </td>
      <td class="c-miss">${this.lacks(one, look)}</td>
      <td class="num c-date">${this.closing(one)}</td>
    </tr>`;
  }

  private lacks(one: ReadinessFlow, look: string): TemplateResult {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const codes = Object.entries(one.byCode).sort((a, b) => b[1] - a[1]);
    if (codes.length === 0) return html`<span class="faint">${one.notReady === 0 && one.unknown === 0 ? t.noLacks : t.unknown}</span>`;
    const chip = (words: string, n: number, bad = '') => html`<span class="chip ${bad}">${words} <b>${locale.number(n)}</b></span>`;
    return html`<span class="chips">
      ${codes.slice(0, mostLacks).map(([code, n]) => chip(codeName(this.ctx.language, code), n, look === 'bad' ? 'bad' : ''))}
      ${codes.length > mostLacks ? chip(t.moreLacks, codes.length - mostLacks) : nothing}
    </span>`;
  }

  private u2035(flow: string): string {
    const id = this.records.get(flow)?.u2035Id;
    return id === undefined ? '' : String(id);
  }

  private closing(flow: ReadinessFlow): unknown {
    const t = texts[this.ctx.language];
    const { locale } = this.ctx;
    const end = endOf(flow);
    if (!end) return t.unknown;
    const days = Math.round((Date.parse(locale.dateKey(end.at)) - Date.parse(locale.dateKey(new Date()))) / day);
    const near = days >= 0 && days <= 7;
    return html`${locale.day(end.at)}<small class=${near ? 'bad-text strong' : ''}>${near ? t.inDays(days, locale) : end.closed ? t.closed : t.studyEnds}</small>`;
  }

  private go(event: Event, path: string): void {
    event.preventDefault();
    this.ctx.go(path);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-readiness-panel': ReadinessPanel;
  }
}
