/** Who signed in and what became of it, the latest first. `asked`: "state=waiting". */

import { html, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Page } from '@kit/api';
import { icon, type IconName } from '@kit/icons';
import type { LoadPage } from '@kit/long-list';
import { readAsked, withAsked } from '@kit/way';
import '../footprint/lists/csv-button';
import '../footprint/lists/line';
import { ListPart, facet, to } from '../footprint/lists/list-part';
import '../footprint/lists/rows';
import ssoCss from './sso.css?inline';
import { texts } from './texts';
import { joinStates, type Join, type JoinState, type JoinsSummary } from './types';

const everybody = { state: '' };
export const joinMarks: Record<JoinState, { tone: string; mark: IconName }> = {
  waiting: { tone: 'warn', mark: 'clock' },
  joined: { tone: 'ok', mark: 'check' },
  declined: { tone: '', mark: 'x' },
  dismissed: { tone: '', mark: 'x' },
  undone: { tone: '', mark: 'left' },
};

@customElement('u2035-sso-joins')
export class SsoJoins extends ListPart {
  static override styles = [...ListPart.styles, unsafeCSS(ssoCss)];

  @property() asked = '';
  @state() private show: JoinState | '' = '';
  @state() private load: LoadPage<Join> | null = null;
  @state() private counts: JoinsSummary | null = null;

  protected override get forbidden(): string {
    return texts[this.ctx.language].forbidden;
  }

  protected override async fetch(signal: AbortSignal): Promise<void> {
    this.counts = (await this.ctx.api.get<JoinsSummary>(`${this.base}/sso/joins/summary`, { signal })).data;
    this.narrow();
  }
  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('asked') && this.ready) this.narrow();
  }

  private narrow(): void {
    const { state } = readAsked(this.asked, everybody);
    this.show = joinStates.find((one) => one === state) ?? '';
    const { show } = this;
    this.load = async (cursor, signal) => (await this.ctx.api.get<Page<Join>>(`${this.base}/sso/joins`, { query: { state: show || undefined, limit: 100, cursor }, signal })).data;
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const go = (state: JoinState | '') => this.ctx.go(withAsked('joins', { state }, { state: '' as JoinState | '' }), { replace: true });
    const count = (n?: number): string => (n === undefined ? '' : this.ctx.locale.number(n));
    return this.body(
      () => html`<div class="facets" role="group" aria-label=${words.tab.joins}>
          ${facet(this.show === '', words.all, count(this.counts?.total), () => go(''))}${joinStates.map((one) => facet(this.show === one, words.joinState[one], count(this.counts?.byState[one]), () => go(one)))}
        </div>
        <section class="panel" aria-label=${words.tab.joins}>
          <u2035-rows
            .ctx=${this.ctx}
            .load=${this.load as LoadPage<unknown>}
            .label=${words.tab.joins}
            .heights=${[60, 92] as const}
            .row=${(item: unknown) => this.row(item as Join)}
            .empty=${html`<div class="empty">${icon(this.show === 'waiting' ? 'okc' : 'users')}<h2>${words.joinEmpty[this.show]}</h2>${this.show === '' ? html`<p>${words.joinEmptyFix}</p><p>${to(this.ctx, 'links', words.tab.links)}</p>` : ''}</div>`}
          ></u2035-rows>
        </section>
        <p class="gap-top"><u2035-csv .ctx=${this.ctx} .from=${`${this.base}/sso/joins`} .filters=${{ state: this.show || undefined }}></u2035-csv></p>`,
    );
  }

  private row(one: Join): TemplateResult {
    const words = texts[this.ctx.language];
    const { tone, mark } = joinMarks[one.state];
    const cells = [
      html`<div><span class="clip">${to(this.ctx, `joins/${one.id}`, one.name || one.learnerExternalId || words.noName)}</span><small>${[one.learnerExternalId, words.contours[one.contour]].filter(Boolean).join(' · ')}</small></div>`,
      html`<div><span class="clip num">unti_id ${one.untiId}</span><small title=${one.reason}>${one.reason || words.signedIn(this.ctx.locale.moment(one.createdAt))}</small></div>`,
      html`<span class="badge ${tone}">${icon(mark)}${words.joinOne[one.state]}</span>`,
    ];
    return html`<u2035-line .ctx=${this.ctx} .cells=${cells}></u2035-line>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-sso-joins': SsoJoins;
  }
}
